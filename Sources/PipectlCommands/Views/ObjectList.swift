/// Several objects as one document.
struct ObjectList<Item: Encodable>: Encodable {
  let apiVersion = "pipectl.dev/v1"
  let kind = "List"
  var items: [Item]
}

/// The state of a pipeline that has none yet: what `StateVersionView` says of every version, without one.
struct NoStateView: Codable, Hashable {
  var apiVersion = "pipectl.dev/v1"
  var kind = "State"
  var pipeline: String
  var isEmpty = true
  var bookmarks: [StateVersionView.Bookmark] = []
}

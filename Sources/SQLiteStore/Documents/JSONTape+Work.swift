import PipelineModel

/// What a pipeline does is what differs from one to the next, and what most of its document tells: it is read straight off the tape, too. Where
/// there is a member that is not known here, or one is missing, it is left to the decoder.
extension JSONTape {
  func work(at index: Int) -> Work? {
    guard isChoice(index, "replication"), let value = payload(of: index), nodes[value].kind == .object else {
      return nil
    }
    var source: Connection?
    var destination: Connection?
    var streams: StreamSelection?
    for (key, place) in members(of: value) {
      switch key {
      case "source": source = connection(at: place)
      case "destination": destination = connection(at: place)
      case "streams": streams = try? self.value(StreamSelection.self, at: place)
      case _: return nil
      }
    }
    guard let source, let destination, let streams else { return nil }
    return .replication(Replication(source: source, destination: destination, streams: streams))
  }

  private func connection(at index: Int) -> Connection? {
    guard nodes[index].kind == .object else { return nil }
    var name: String?
    var connector: Connector?
    var config: [ConfigEntry]?
    var environment: [ConfigEntry]?
    var argument: Connection.CatalogArgument?
    var capabilities: ConnectorCapabilities?
    for (key, place) in members(of: index) {
      switch key {
      case "name":
        name = string(at: place)
        if name == nil { return nil }
      case "connector": connector = try? value(Connector.self, at: place)
      case "config": config = settings(at: place)
      case "environment": environment = settings(at: place)
      case "catalogArgument": argument = string(at: place).flatMap(Connection.CatalogArgument.init)
      case "capabilities": capabilities = isEmpty(place) ? .unknown : try? value(ConnectorCapabilities.self, at: place)
      case _: return nil
      }
    }
    guard let connector, let config, let environment, let argument, let capabilities else { return nil }
    return Connection(
      name: name, connector: connector, config: config, environment: environment, catalogArgument: argument,
      capabilities: capabilities)
  }
}

extension JSONTape {
  /// The index of the value of an enum that has one, without a name; nil where it is anything else.
  func payload(of index: Int) -> Int? {
    guard isChoice(index) else { return nil }
    let inner = index + 2
    guard nodes[inner].kind == .object, Int(nodes[inner].next) > inner + 2, nodes[inner + 2].next == nodes[inner].next,
      matches(inner + 1, "_0")
    else { return nil }
    return inner + 2
  }

  /// Whether it is an enum of that case, which is the one key of its object.
  func isChoice(_ index: Int, _ name: String) -> Bool { isChoice(index) && matches(index + 1, name) }

  private func isChoice(_ index: Int) -> Bool {
    nodes[index].kind == .object && nodes[index].next > index + 2 && nodes[index + 2].next == nodes[index].next
  }

  /// The indexes of the values of the two members that an object has, in their order; nil where it has others.
  func pair(_ first: String, _ second: String, of object: Int) -> (Int, Int)? {
    guard nodes[object].kind == .object, Int(nodes[object].next) > object + 2, matches(object + 1, first) else {
      return nil
    }
    let other = Int(nodes[object + 2].next)
    guard other < Int(nodes[object].next), matches(other, second), nodes[other + 1].next == nodes[object].next else {
      return nil
    }
    return (object + 2, other + 1)
  }

  private func isEmpty(_ index: Int) -> Bool {
    nodes[index].kind == .object && Int(nodes[index].next) == index + 1
  }

  /// The keys of an object, and the indexes of their values.
  private func members(of object: Int) -> [(key: String, value: Int)] {
    var members: [(key: String, value: Int)] = []
    var index = object + 1
    while index < Int(nodes[object].next) {
      members.append((string(at: index) ?? "", index + 1))
      index = Int(nodes[index + 1].next)
    }
    return members
  }
}

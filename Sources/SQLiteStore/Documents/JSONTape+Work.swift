import PipelineModel

/// What a pipeline does is what differs from one to the next, and what most of its document tells: it is read straight off the tape, too. Where
/// there is a member that is not known here, or one is missing, it is left to the decoder.
extension JSONTape {
  func work(at index: Int) -> Work? {
    guard isChoice(index, "replication"), let value = payload(of: index), var members = MembersInTurn(self, value),
      let destination = members.take("destination").flatMap(connection),
      let source = members.take("source").flatMap(connection),
      let streams = try? members.value("streams", as: StreamSelection.self), members.areOver
    else { return nil }
    return .replication(Replication(source: source, destination: destination, streams: streams))
  }

  private func connection(at index: Int) -> Connection? {
    guard var members = MembersInTurn(self, index),
      let capabilities = members.take("capabilities").flatMap(capabilities),
      let argument = members.word("catalogArgument", as: Connection.CatalogArgument.self),
      let config = members.take("config").flatMap(settings),
      let connector = try? members.value("connector", as: Connector.self),
      let environment = members.take("environment").flatMap(settings)
    else { return nil }
    let name = members.text("name")
    guard members.areOver else { return nil }
    return Connection(
      name: name, connector: connector, config: config, environment: environment, catalogArgument: argument,
      capabilities: capabilities)
  }

  private func capabilities(at index: Int) -> ConnectorCapabilities? {
    isEmpty(index) ? .unknown : try? value(ConnectorCapabilities.self, at: index)
  }
}

extension JSONTape {
  /// The index of the value of an enum that has one, without a name; nil where it is anything else.
  func payload(of index: Int) -> Int? {
    guard isChoice(index) else { return nil }
    let inner = index + 2
    guard nodes[inner].kind == .object, Int(nodes[inner].next) > inner + 2, nodes[inner + 2].next == nodes[inner].next,
      spells(inner + 1, "_0")
    else { return nil }
    return inner + 2
  }

  /// Whether it is an enum of that case, which is the one key of its object.
  func isChoice(_ index: Int, _ name: StaticString) -> Bool { isChoice(index) && spells(index + 1, name) }

  /// Whether it is an enum of that case, to which nothing belongs.
  func isBareChoice(_ index: Int, _ name: StaticString) -> Bool { isChoice(index, name) && isEmpty(index + 2) }

  private func isChoice(_ index: Int) -> Bool {
    nodes[index].kind == .object && nodes[index].next > index + 2 && nodes[index + 2].next == nodes[index].next
  }

  /// The indexes of the values of the two members that an object has, in their order; nil where it has others.
  func pair(_ first: StaticString, _ second: StaticString, of object: Int) -> (Int, Int)? {
    guard nodes[object].kind == .object, Int(nodes[object].next) > object + 2, spells(object + 1, first) else {
      return nil
    }
    let other = Int(nodes[object + 2].next)
    guard other < Int(nodes[object].next), spells(other, second), nodes[other + 1].next == nodes[object].next else {
      return nil
    }
    return (object + 2, other + 1)
  }

  /// Whether it is an object or an array that holds nothing.
  func isEmpty(_ index: Int) -> Bool {
    nodes[index].kind.isCollection && Int(nodes[index].next) == index + 1
  }
}

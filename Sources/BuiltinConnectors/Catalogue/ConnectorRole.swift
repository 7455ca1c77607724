/// Which end of a pipeline a connector is.
public enum ConnectorRole: String, Hashable, Sendable {
  case tap, target
}

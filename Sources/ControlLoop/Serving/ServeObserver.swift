/// Shows how a controller that stays is getting on.
public protocol ServeObserver: LoopObserver {
  func note(_ report: ServeReport) async
}

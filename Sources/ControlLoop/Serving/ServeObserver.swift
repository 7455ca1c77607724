/// Shows how a controller that stays is getting on.
public protocol ServeObserver: LoopObserver {
  func note(_ report: ServeReport) async
  /// Called before every effect but reports: who hears nothing for long knows what is being done.
  func begins(_ effect: ServeEffect) async
}

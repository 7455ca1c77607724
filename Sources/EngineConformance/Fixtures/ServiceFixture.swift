public import ControlLoop
import ContractServers
public import PipelineModel

/// An engine before a service that is played over HTTP, and whose clock goes as fast as a trial wants.
public protocol ServiceFixture: EngineFixture {
  var service: HTTPService { get }
}

extension ServiceFixture {
  public var clock: any WallClock { service.time }
  public var waiter: any RunWaiter { service.time }
  public var effects: Int { service.dialect.effects.count }
  public var calls: [String] { service.dialect.calls }
  public var complaints: [String] { service.dialect.violations }

  public func upset(_ call: ServedCall, _ upset: Upset) { service.dialect.upset(call, upset) }
  public func setReachable(_ isReachable: Bool) { service.dialect.setReachable(isReachable) }
  public func setReworded(_ isReworded: Bool) { service.dialect.setReworded(isReworded) }
  public func setOddity(_ oddity: Oddity?) { service.dialect.setOddity(oddity) }
  public func pass(_ span: TimeSpan) { service.time.clock.advance(by: span) }
}

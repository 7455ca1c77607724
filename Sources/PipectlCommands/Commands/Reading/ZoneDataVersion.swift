import Foundation

/// The version of the zone data that is compiled into Foundation: `2025b`.
func builtInZoneData() -> String { TimeZone.timeZoneDataVersion }

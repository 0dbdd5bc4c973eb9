import Testing

/// The host and its deliveries on stores whose process dies, and on clocks that jump: in memory, without waiting.
@Suite
struct ReliabilityTests {}

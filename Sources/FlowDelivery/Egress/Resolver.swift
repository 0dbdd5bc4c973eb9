/// Finds the addresses of a host.
///
/// A name, an address in any spelling (`2130706433`, `0x7f.1`), an IPv6 address without brackets. It throws
/// ``SendFailure`` where there is none, and gives up at once when its task is cancelled.
package struct Resolver: Sendable {
    package let addresses: @Sendable (String) async throws -> [IPAddress]

    package init(_ addresses: @escaping @Sendable (String) async throws -> [IPAddress]) {
        self.addresses = addresses
    }
}

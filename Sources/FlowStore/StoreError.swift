package import FlowCore

/// What a store could not do, and why.
package struct StoreError: Error, Hashable, CustomStringConvertible {
    /// What has to be done about it, which differs from kind to kind.
    package enum Kind: Hashable, Sendable {
        /// The store was closed before it was asked.
        case closed
        /// Another process holds the store's lock, for longer than a caller can wait.
        case busy
        /// The disk, the quota or the file may not grow any more.
        case full
        /// The row of a call, or of one of its deliveries, cannot be read; all other calls are well.
        case damaged(RunID)
        /// The file, its folder or its file system may not be written.
        case readOnly
        /// The disk fails or does not answer, or the store is not where it was.
        case unavailable
        /// A newer flowd made the store.
        case newerSchema
        /// A delivery that has ended held sensitive values, which are gone: it cannot be sent again.
        case notAgain
        /// The change contradicts what the store holds: a bug of whoever asked for it.
        case refused
    }

    package let kind: Kind
    package let description: String

    package init(_ description: String, _ kind: Kind = .unavailable) {
        self.kind = kind
        self.description = description
    }
}

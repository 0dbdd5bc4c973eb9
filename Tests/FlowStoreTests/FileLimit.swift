import Foundation

/// How large this process may let files grow: what a full disk looks like without one.
enum FileLimit {
    /// - Parameter bytes: nil for no limit.
    static func set(_ bytes: UInt64?) {
        // Without this the kernel ends the process where the write would only fail.
        signal(SIGXFSZ, SIG_IGN)
        let resource = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
        var limit = rlimit()
        getrlimit(resource, &limit)
        limit.rlim_cur = bytes.map { rlim_t($0) } ?? limit.rlim_max
        setrlimit(resource, &limit)
    }
}

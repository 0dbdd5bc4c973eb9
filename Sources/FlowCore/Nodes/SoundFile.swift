/// The sound files that Plivo plays (voice/xml/play).
package enum SoundFile {
    /// Whether a URL's path ends in `.mp3` or `.wav`.
    package static func isNamed(by url: String) -> Bool {
        let path = url.prefix { $0 != "?" && $0 != "#" }.lowercased()
        return path.hasSuffix(".mp3") || path.hasSuffix(".wav")
    }

    /// Whether Plivo plays what is behind a URL: https, mp3 or wav, and a host.
    static func isPlayed(_ url: String) -> Bool {
        guard url.lowercased().hasPrefix("https://"), url.utf8.count <= 2_000,
            url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), isNamed(by: url)
        else { return false }
        // A host, and a path behind it.
        let rest = url.dropFirst(8).prefix { $0 != "?" && $0 != "#" }
        return rest.firstIndex(of: "/").map { $0 > rest.startIndex } ?? false
    }
}

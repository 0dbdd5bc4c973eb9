/// The sound files that Plivo plays (voice/xml/play).
enum SoundFile {
    /// Whether a URL's path ends in `.mp3` or `.wav`.
    static func isNamed(by url: String) -> Bool {
        let path = url.prefix { $0 != "?" && $0 != "#" }.lowercased()
        return path.hasSuffix(".mp3") || path.hasSuffix(".wav")
    }
}

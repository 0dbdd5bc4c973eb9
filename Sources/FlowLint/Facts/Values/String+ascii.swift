extension String {
    /// Where an ASCII text stands first, compared by bytes: by characters it takes ten times as long.
    func firstIndex(ofASCII word: String) -> Index? {
        guard let first = word.utf8.first else { return nil }
        var rest = utf8[...]
        while let place = rest.firstIndex(of: first) {
            if rest[place...].starts(with: word.utf8) { return place }
            rest = rest[utf8.index(after: place)...]
        }
        return nil
    }
}

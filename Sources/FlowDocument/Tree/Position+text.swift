extension Position {
    /// The place of byte `target` of the text that this position is in, at or behind it.
    func moved(to target: Int, in source: [UInt8]) -> Position {
        var place = self
        while place.offset < min(target, source.count) {
            let byte = source[place.offset]
            place.offset = source.characterEnd(at: place.offset)
            if byte == 0x0A || byte == 0x0D && source.at(place.offset) != 0x0A {
                place.line += 1
                place.column = 1
            } else {
                place.column += 1
            }
        }
        return place
    }
}

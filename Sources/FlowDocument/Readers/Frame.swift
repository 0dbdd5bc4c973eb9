/// A list or mapping that is being read.
struct Frame {
    /// What the next value is.
    enum Next {
        /// An item of a list, or what a mapping has in the place of a key.
        case item
        /// The value of the entry at that place.
        case value(Int)
        /// What stands behind a key that the tree has no place for.
        case dropped(Key)
    }

    let isMapping: Bool
    /// Whether it stands in brackets.
    let isFlow: Bool
    let start: Position
    /// Where its last child ends.
    private(set) var end: Position
    private(set) var items: [Value] = []
    private(set) var entries: [Entry] = []
    private var next = Next.item
    /// Where each key is among the entries, kept once there are too many to look at one by one.
    private var places: [String: Int] = [:]

    init(isMapping: Bool, isFlow: Bool, start: Position) {
        self.isMapping = isMapping
        self.isFlow = isFlow
        self.start = start
        end = start
    }

    /// Whether what comes next is a key.
    var expectsKey: Bool {
        guard isMapping, case .item = next else { return false }
        return true
    }

    /// The key that waits for its value.
    var pendingKey: Key? {
        switch next {
        case .item: nil
        case .value(let place): entries[place].key
        case .dropped(let key): key
        }
    }

    /// Where `key` is among the entries.
    ///
    /// Keys are compared as texts, not as bytes: what looks the same is the same, here as in every dictionary further on.
    func index(of key: String) -> Int? {
        guard places.isEmpty else { return places[key] }
        return entries.indices.first { entries[$0].key.text == key }
    }

    /// Takes a key that is new here; until its value comes, nothing stands behind it.
    mutating func add(_ key: Key) {
        if entries.isEmpty { entries.reserveCapacity(4) }
        next = .value(entries.count)
        entries.append(Entry(key: key, value: Value(.scalar(Scalar("", style: .absent)), span: key.span)))
        remember(key.text)
    }

    /// Takes a key whose value replaces that of the entry at `place`.
    mutating func addKey(replacing place: Int) { next = .value(place) }

    /// Takes a key that is left out with its value.
    mutating func drop(_ key: Key) { next = .dropped(key) }

    mutating func add(_ value: Value) {
        end = value.span.end
        switch next {
        case .value(let place): entries[place].value = value
        case .dropped: break
        case .item where isMapping:
            // A list or mapping in the place of a key, reported by the reader.
            return next = .dropped(Key("", span: value.span))
        case .item:
            if items.isEmpty { items.reserveCapacity(4) }
            return items.append(value)
        }
        next = .item
    }

    private mutating func remember(_ key: String) {
        if entries.count > 16 {
            places[key] = entries.count - 1
        } else if entries.count == 16 {
            for (index, entry) in entries.enumerated() { places[entry.key.text] = index }
        }
    }
}

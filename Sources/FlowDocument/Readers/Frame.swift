/// A list or mapping that is being read.
struct Frame {
    let isMapping: Bool
    /// Whether it stands in brackets.
    let isFlow: Bool
    let start: Position
    /// Where its last child ends.
    private(set) var end: Position
    private(set) var items: [Value] = []
    private(set) var entries: [Entry] = []
    /// The key that waits for its value.
    var pending: Pending?
    /// Where each key is among the entries, kept once there are too many to look at one by one.
    private var places: [String: Int] = [:]

    init(isMapping: Bool, isFlow: Bool, start: Position) {
        self.isMapping = isMapping
        self.isFlow = isFlow
        self.start = start
        end = start
    }

    /// Where `key` is among the entries.
    ///
    /// Keys are compared as texts, not as bytes: what looks the same is the same, here as in every dictionary further on.
    func index(of key: String) -> Int? {
        places.isEmpty ? entries.firstIndex { $0.key.text == key } : places[key]
    }

    mutating func add(_ value: Value) {
        end = value.span.end
        guard isMapping else {
            if items.isEmpty { items.reserveCapacity(4) }
            items.append(value)
            return
        }
        guard let pending = pending.take() else {
            // A list or mapping in the place of a key, reported by the reader.
            pending = Pending(key: Key("", span: value.span), fate: .drop)
            return
        }
        switch pending.fate {
        case .append:
            if entries.isEmpty { entries.reserveCapacity(4) }
            entries.append(Entry(key: pending.key, value: value))
            remember(pending.key.text)
        case .replace(let index): entries[index].value = value
        case .drop: break
        }
    }

    private mutating func remember(_ key: String) {
        if entries.count > 16 {
            places[key] = entries.count - 1
        } else if entries.count == 16 {
            for (index, entry) in entries.enumerated() { places[entry.key.text] = index }
        }
    }
}

/// A key that waits for its value, and what becomes of the two.
struct Pending {
    enum Fate {
        case append
        case replace(Int)
        case drop
    }

    let key: Key
    let fate: Fate
}

/// The sensitive texts of a run: the one place that has them.
///
/// Everything else of the run, its values, its notes, its requests, holds a number and shows ``Datum/mask``. So a text
/// comes out only where ``Stay/revealed(_:)`` or an attempt to send asks for it, and is gone once the vault is wiped.
package struct Vault: Hashable, Sendable {
    private struct Entry: Hashable, Sendable {
        var number: Int
        var text: String
    }

    /// By their numbers, the lowest first.
    private var entries: [Entry] = []

    /// Numbers that one turn gives before they run into those of the next, which is no harm in a run that no other replaces.
    private static let numbersPerTurn = 1_024

    package init() {}

    package var isEmpty: Bool { entries.isEmpty }

    /// The text with a number; nil where the vault was wiped.
    package func text(_ number: Int) -> String? { entries.last { $0.number == number }?.text }

    /// Keeps a text.
    ///
    /// - Parameter turn: the run's, so that a run which is rebuilt from a later turn gives other numbers than its
    ///   predecessor did: deliveries of both hold them.
    /// - Returns: the number that stands for it.
    package mutating func add(_ text: String, turn: Int) -> Int {
        let number = max(turn * Self.numbersPerTurn, (entries.last?.number ?? -1) + 1)
        entries.append(Entry(number: number, text: text))
        return number
    }

    package mutating func wipe() { entries = [] }

    /// Takes over from the run that this vault's run replaces.
    mutating func inherit(from before: Vault) {
        entries.insert(contentsOf: before.entries.filter { text($0.number) == nil }, at: 0)
    }
}

extension Vault: BinaryCoded {
    package func encode(into writer: inout ByteWriter) {
        writer.write(UInt64(entries.count))
        for entry in entries {
            writer.write(entry.number)
            writer.write(entry.text)
        }
    }

    package init(decoding reader: inout ByteReader) throws(CodecError) {
        self.init()
        for _ in 0..<(try reader.count()) {
            entries.append(Entry(number: try reader.integer(), text: try reader.text()))
        }
    }
}

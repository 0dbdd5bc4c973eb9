extension Note {
    /// The note as a sentence.
    ///
    /// - Parameter flow: the version that the run is on; without it a node is named by its number.
    package func text(in flow: Flow?) -> String {
        let own = node.flatMap { index in
            flow.flatMap { $0.nodes.indices.contains(index) ? $0.nodes[index] : nil }
        }
        let kinds = (own?.description.notes ?? []) + NoteKind.engine
        guard let kind = kinds.first(where: { $0.code == code }) else {
            return ([code] + values).joined(separator: ": ")
        }
        var text = kind.wording
        for (index, value) in values.enumerated() { text = text.replacing("{\(index)}", with: value) }
        return text.replacing("{node}", with: own?.name ?? node.map { "#\($0)" } ?? "")
    }
}

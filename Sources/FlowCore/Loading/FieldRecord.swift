import FlowDocument

/// What the field readers of one node, or of one flow's head, have read.
///
/// The reader of a group shares its node's record.
final class FieldRecord {
    private(set) var templates: [TemplateUse] = []
    /// What the file says, in its order; a group before the keys in it.
    private(set) var settings: [Setting] = []

    func add(_ use: TemplateUse) { templates.append(use) }

    func add(_ setting: Setting) { settings.append(setting) }

    /// Says what stands behind a key that was found.
    ///
    /// - Parameter key: with dots; keys of one field are told apart by it.
    func settle(_ field: Field, key: String, as content: Setting.Content) {
        guard let index = settings.indices.first(where: { settings[$0].field === field && settings[$0].key == key })
        else { return }
        settings[index].content = content
    }
}

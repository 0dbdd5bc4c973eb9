package import FlowDocument

/// A template and where it stands.
///
/// A class, as a node is: one reference to copy.
package final class TemplateUse: Sendable {
    package let template: Template
    /// The template's references, kept because rules read them often.
    package let references: [Reference]
    /// The field whose value, or a part of it, the template is.
    package let field: Field
    /// The key it belongs to, with dots: `body.caller`.
    package let key: String
    /// The scalar that holds it.
    package let value: Value
    package let escaping: Escaping

    /// - Parameter references: the template's references.
    init(
        template: Template,
        references: [Reference],
        field: Field,
        key: String,
        value: Value,
        escaping: Escaping
    ) {
        self.template = template
        self.references = references
        self.field = field
        self.key = key
        self.value = value
        self.escaping = escaping
    }

    package var roles: FieldRoles { field.roles }

    /// Whether it stands in a URL: in its path, its query, or pairs for the query.
    package var isInURL: Bool { !roles.isDisjoint(with: [.url, .query]) }
}

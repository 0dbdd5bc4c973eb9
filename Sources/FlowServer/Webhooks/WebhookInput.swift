import FlowCore
import FlowWeb
import Plivo

/// The parameters of a request, and what is wrong with them.
struct WebhookInput {
    private(set) var query = Parameters()
    /// The body of a POST.
    private(set) var form = Parameters()
    /// Why this is no webhook of Plivo's.
    private(set) var objection: Refusal?
    /// False where it is undefined what a signature would cover.
    private(set) var isReadable = true

    init(_ request: WebhookRequest, method: WebhookMethod, body: [UInt8]) {
        do {
            query = try FormReader.read(query: request.query)
        } catch {
            objection = error
            isReadable = false
        }
        guard !body.isEmpty else { return }
        guard method == .post else {
            objection = objection ?? Refusal("a GET has no body")
            isReadable = false
            return
        }
        guard Self.isForm(request.contentType) else {
            objection = objection ?? Refusal("the body is not application/x-www-form-urlencoded")
            return
        }
        do {
            form = try FormReader.read(body)
        } catch {
            objection = objection ?? error
            isReadable = false
        }
    }

    /// The parameters of body and query; the body's come first, so that they count where a name is there twice.
    var parameters: Parameters {
        if query.isEmpty { return form }
        if form.isEmpty { return query }
        let offset = form.bytes.count
        return Parameters(
            bytes: form.bytes + query.bytes,
            fields: form.fields
                + query.fields.map { field in
                    Parameters.Field(
                        name: field.name.lowerBound + offset..<field.name.upperBound + offset,
                        value: field.value.lowerBound + offset..<field.value.upperBound + offset
                    )
                }
        )
    }

    /// A body without a type is taken for what Plivo sends.
    private static func isForm(_ contentType: String?) -> Bool {
        guard let contentType, contentType != formType else { return true }
        let type = contentType.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }
        return type.isEmpty || type.lowercased() == formType
    }

    private static let formType = "application/x-www-form-urlencoded"
}

import FlowCore
import FlowDocument

extension Subject {
    /// Whether a reference reads a phone number.
    func isPhoneNumber(_ reference: Reference) -> Bool {
        guard case .value(let node, let value) = reference.source else { return false }
        if case .phoneNumber = flow.nodes[node].description.values[value].kind { return true }
        return ["params.From", "params.To", "params.ForwardedFrom"].contains(startValue(reference) ?? "")
    }

    /// What a value says of a person, in words such as "a phone number"; nil where it says nothing.
    func personalKind(of reference: Reference) -> String? {
        // How long it is says nothing.
        if reference.filters.contains(where: { $0.kind == .size }) { return nil }
        if isPhoneNumber(reference) { return "a phone number" }
        switch startValue(reference) {
        case "call.caller_name", "params.CallerName": return "a name"
        case "message.text", "params.Text": return "what somebody wrote"
        default: return nil
        }
    }
}

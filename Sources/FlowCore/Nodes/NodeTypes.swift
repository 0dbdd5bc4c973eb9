/// The vocabulary of the flow language.
package enum NodeTypes {
    /// Every node type, in the order of the reference.
    package static let all: [any Node.Type] = [
        Start.self,
        PlayAudio.self,
        IVRMenu.self,
        CallerInput.self,
        RecordAudio.self,
        CallForward.self,
        ConferenceBridge.self,
        MultipartyCall.self,
        HangUp.self,
        Redirect.self,
        Branch.self,
        BusinessHours.self,
        Counter.self,
        SetVariables.self,
        Delay.self,
        HTTPRequest.self,
    ]

    /// Plivo's parameters that can hold what a caller entered and nobody may see.
    package static let sensitiveParameters = all.reduce(into: Set<String>()) {
        $0.formUnion($1.description.sensitiveParameters)
    }

    package static func named(_ type: String) -> (any Node.Type)? { all.first { $0.description.type == type } }
}

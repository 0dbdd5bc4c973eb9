package import FlowCore
package import FlowWeb

extension Arrival {
    /// Reads what Plivo sent to a path.
    ///
    /// Confirmations and music are no arrivals: they change nothing.
    ///
    /// - Throws: ``Refusal`` for parameters that are no webhook of that path.
    package init(at path: WebhookPath, _ parameters: Parameters) throws(Refusal) {
        switch path {
        case .flow(let name):
            try self.init(Webhook(parameters), target: .flow(name), parameters)
        case .incoming:
            try self.init(Webhook(parameters), target: .number(parameters["To"] ?? ""), parameters)
        case .result(let flow, let version, let node, let turn):
            let call = try RunID.call(in: parameters)
            self.init(
                kind: .dialEnded(DialResult(parameters, turn: turn)),
                call: call,
                target: .flow(flow),
                step: StepAddress(call: call, flow: flow, version: version, node: node, turn: turn),
                parameters: parameters
            )
        case .events(let step):
            self.init(
                kind: .leg(LegEvent(parameters, turn: step.turn)),
                call: step.call,
                target: .flow(step.flow),
                step: step,
                parameters: parameters
            )
        case .confirmation, .music:
            throw Refusal("no plivo webhook: this is the address of a document")
        }
    }

    private init(_ webhook: Webhook, target: Target, _ parameters: Parameters) {
        let kind: Kind =
            switch webhook {
            case .call: .call
            case .message: .message
            case .hangup(_, let hangup): .hangup(hangup)
            }
        self.init(kind: kind, call: webhook.id, target: target, parameters: parameters)
    }
}

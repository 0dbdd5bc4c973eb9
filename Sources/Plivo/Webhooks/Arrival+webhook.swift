package import FlowCore
package import FlowWeb

extension Arrival {
    /// Reads what Plivo sent to a path.
    ///
    /// - Throws: ``Refusal`` for parameters that are no webhook of that path.
    package init(at path: WebhookPath, _ parameters: Parameters) throws(Refusal) {
        switch path {
        case .flow(let name):
            try self.init(Webhook(parameters), target: .flow(name), parameters)
        case .incoming:
            try self.init(Webhook(parameters), target: .number(parameters["To"] ?? ""), parameters)
        case .callback(let path):
            let run = if let run = path.run { run } else { try RunID.call(in: parameters) }
            self.init(
                kind: .callback(
                    Callback(path.name, turn: path.turn, parameters),
                    StepAddress(run: run, flow: path.flow, version: path.version, node: path.node, turn: path.turn)
                ),
                run: run,
                target: .flow(path.flow),
                parameters: parameters
            )
            holdsToken = path.token != nil
        }
    }

    private init(_ webhook: Webhook, target: Target, _ parameters: Parameters) {
        let kind: Kind =
            switch webhook {
            case .call: .call
            case .message: .message
            case .hangup(_, let hangup): .hangup(hangup)
            }
        self.init(kind: kind, run: webhook.id, target: target, parameters: parameters)
    }
}

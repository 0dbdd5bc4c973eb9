package import FlowCore
package import FlowWeb

extension Arrival {
    /// Reads what Plivo sent to a path.
    ///
    /// - Throws: ``Refusal`` where the parameters are not those of a webhook to `path`.
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

extension RunID {
    /// Reads the `CallUUID` that every webhook of a call has: a `<Dial>`'s action and callback as well.
    ///
    /// In a `callbackUrl` it may be the B leg's; there the address says which call it is.
    ///
    /// - Throws: ``Refusal`` where it is missing, empty or too long.
    package static func call(in parameters: Parameters) throws(Refusal) -> RunID {
        guard let id = try RunID(.call, in: parameters) else {
            throw Refusal("no plivo webhook: \"CallUUID\" is not there")
        }
        return id
    }

    /// - Returns: nil where the parameter is not there.
    init?(_ kind: Kind, in parameters: Parameters) throws(Refusal) {
        let name = kind == .call ? "CallUUID" : "MessageUUID"
        guard let text = parameters[name] else { return nil }
        guard !text.isEmpty else { throw Refusal("\"\(name)\" is empty") }
        guard let id = RunID(kind, text) else {
            throw Refusal("\"\(name)\" has \(text.utf8.count) bytes, more than \(RunID.maximumLength)")
        }
        self = id
    }
}

extension Hangup {
    /// Reads what Plivo sends to a hangup URL (account/api/application).
    package init(_ parameters: Parameters) {
        self.init(
            callStatus: parameters["CallStatus"] ?? "",
            cause: parameters["HangupCause"] ?? "",
            billDuration: max(0, parameters["BillDuration"].flatMap { Int($0) } ?? 0),
            causeCode: parameters["HangupCauseCode"] ?? ""
        )
    }
}

package import FlowCore

extension CallCase {
    /// The case as it was played, with what came out as what must come out.
    package func recorded(_ played: PlayedCase, in flow: Flow) -> CallCase {
        var item = self
        item.answers = Self.answers(in: played.moments)
        item.expected.path = Expected(
            PathText(played.run?.path.isEmpty == false ? played.path(in: flow) : "") ?? PathText([])
        )
        if played.run == nil { item.expected.path = nil }
        item.expected.outcome = Expected(played.outcome)
        if !played.sideRuns.isEmpty { item.expected.sideRuns = played.sideRuns.map { ExpectedSideRun($0, in: flow) } }
        return item
    }

    /// What app servers answered, by node and in order.
    package static func answers(in moments: [Moment]) -> [NodeAnswers] {
        var answers: [NodeAnswers] = []
        for moment in moments {
            guard case .request(let made, let answer) = moment.kind else { continue }
            if let index = answers.firstIndex(where: { $0.node == made.node }) {
                answers[index].answers.append(answer)
            } else {
                answers.append(NodeAnswers(node: made.node, answers: [answer]))
            }
        }
        return answers
    }
}

extension ExpectedSideRun {
    /// What a side run did.
    package init(_ run: Run, in flow: Flow) {
        self.init(
            Expected(run.eventText(in: flow)),
            path: Expected(PathText(run, in: flow)),
            outcome: Expected("\(run.status)")
        )
    }
}

extension AnswerPattern {
    /// The pattern of an answer that was given; addresses, which name the flow's version, are left out.
    package init(_ answer: [UInt8]) {
        self.init(
            (XMLElement(answer)?.children ?? []).map { child in
                var element = Element(child.name)
                let recorded = Verb.elements.first { $0.name == child.name }?.recorded ?? []
                element.attributes = child.attributes
                    .filter { recorded.contains($0.name) }
                    .map { ExpectedValue(name: $0.name, text: $0.value) }
                if child.name == "Dial" { element.targets = Expected(child.children.map(\.text)) }
                if !child.text.isEmpty { element.text = Expected(child.text) }
                return element
            }
        )
    }
}

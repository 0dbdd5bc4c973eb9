package import FlowCore
package import FlowWeb

/// Writes a reply as the XML document that Plivo reads (voice/xml/overview).
///
/// Elements and attributes are those that Plivo's own builders know, and attributes appear only where they say
/// something other than Plivo's default, the ring timeout and the time limit aside: sources disagree on those.
/// Whatever a text holds, the document is well-formed and no text can become markup.
package struct AnswerXML: Sendable {
    private let addresses: WebhookAddresses

    package init(addresses: WebhookAddresses) {
        self.addresses = addresses
    }

    package static let contentType = "application/xml"
    /// Plivo takes 100 KB at most; read as the smaller of its two meanings.
    package static let maximumSize = 100_000

    /// - Throws: ``Refusal`` for a document over ``maximumSize`` and for a `<Dial>` with nobody to ring, both of which Plivo
    ///   would end the call for. ``Reply/hangup``, ``Reply/reject`` and ``Reply/empty`` are always written.
    package func bytes(_ reply: Reply) throws(Refusal) -> [UInt8] {
        var xml = XMLWriter()
        switch reply {
        case .empty: xml.markup("<Response/>")
        case .hangup: xml.markup("<Response><Hangup/></Response>")
        case .reject: xml.markup("<Response><Hangup reason=\"rejected\"/></Response>")
        case .dial(let dial): try write(dial, to: &xml)
        case .apology(let apology): write(apology, to: &xml)
        case .confirmation(let speech): write(speech, to: &xml)
        case .music(let url): write(.play(url: url), to: &xml)
        }
        guard xml.bytes.count <= Self.maximumSize else {
            throw Refusal("the answer has \(xml.bytes.count) bytes, more than the \(Self.maximumSize) that plivo takes")
        }
        return xml.bytes
    }

    private func write(_ dial: Dial, to xml: inout XMLWriter) throws(Refusal) {
        guard dial.targets.contains(where: { !XMLText.isBlank($0.text) }) else {
            throw Refusal("a dial has nobody to ring")
        }
        xml.markup("<Response><Dial")
        xml.attribute("action", addresses.url(addresses.result(of: dial.step)))
        xml.markup(" method=\"POST\" redirect=\"true\"")
        xml.attribute("callbackUrl", addresses.url(.events(dial.step)))
        xml.markup(" callbackMethod=\"POST\"")
        xml.attribute("timeout", dial.timeout)
        xml.attribute("timeLimit", dial.timeLimit)
        xml.attribute("callerId", ifAny: dial.callerID)
        xml.attribute("callerName", ifAny: Self.cut(dial.callerName))
        if dial.hangupOnStar { xml.markup(" hangupOnStar=\"true\"") }
        if let screening = dial.screening {
            xml.attribute("confirmSound", addresses.url(addresses.confirmation(of: dial.step)))
            xml.attribute("confirmKey", screening.key)
            xml.attribute("confirmTimeout", screening.timeout)
        }
        switch dial.music {
        case .real: xml.markup(" dialMusic=\"real\"")
        case .document(let url): xml.attribute("dialMusic", ifAny: url)
        case .sound: xml.attribute("dialMusic", addresses.url(addresses.music(of: dial.step)))
        case nil: break
        }
        xml.attribute("sipHeaders", ifAny: SIPHeaderList.text(dial.sipHeaders))
        xml.markup(">")
        write(dial.targets, sendDigits: dial.sendDigits, to: &xml)
        xml.markup("</Dial></Response>")
    }

    private func write(_ apology: Apology, to xml: inout XMLWriter) {
        let speaks = !XMLText.isBlank(apology.speak)
        let forwards = apology.forward.contains { !XMLText.isBlank($0.text) }
        guard speaks || forwards else {
            xml.markup("<Response><Hangup/></Response>")
            return
        }
        xml.markup("<Response>")
        if speaks { element(.speak(text: apology.speak, voice: apology.voice, language: apology.language), to: &xml) }
        if forwards {
            xml.markup("<Dial timeout=\"30\">")
            write(apology.forward, sendDigits: "", to: &xml)
            xml.markup("</Dial>")
        }
        xml.markup("</Response>")
    }

    private func write(_ speech: Speech, to xml: inout XMLWriter) {
        guard !speech.isBlank else {
            xml.markup("<Response/>")
            return
        }
        xml.markup("<Response>")
        element(speech, to: &xml)
        xml.markup("</Response>")
    }

    private func element(_ speech: Speech, to xml: inout XMLWriter) {
        switch speech {
        case .speak(let text, let voice, let language):
            xml.markup("<Speak")
            xml.attribute("voice", ifAny: voice)
            xml.attribute("language", ifAny: language)
            xml.markup(">")
            xml.text(text)
            xml.markup("</Speak>")
        case .play(let url):
            xml.markup("<Play>")
            xml.text(url)
            xml.markup("</Play>")
        }
    }

    private func write(_ targets: [DialTarget], sendDigits: String, to xml: inout XMLWriter) {
        for target in targets where !XMLText.isBlank(target.text) {
            switch target {
            case .number: xml.markup("<Number")
            case .user: xml.markup("<User")
            }
            xml.attribute("sendDigits", ifAny: sendDigits)
            xml.markup(">")
            xml.text(target.text)
            switch target {
            case .number: xml.markup("</Number>")
            case .user: xml.markup("</User>")
            }
        }
    }

    /// Plivo's limit: a template may have made a name longer than its author saw.
    private static func cut(_ callerName: String) -> String {
        String(String.UnicodeScalarView(callerName.unicodeScalars.prefix(50)))
    }
}

extension Speech {
    fileprivate var isBlank: Bool {
        switch self {
        case .speak(let text, _, _): XMLText.isBlank(text)
        case .play(let url): XMLText.isBlank(url)
        }
    }
}

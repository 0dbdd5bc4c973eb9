package import FlowCore
package import FlowWeb

/// Writes verbs as the XML document that Plivo reads (voice/xml/overview).
///
/// Elements and attributes are those that Plivo's own builders know, and attributes appear only where they say
/// something other than Plivo's default, the ring timeout and the time limit aside: sources disagree on those.
/// Whatever a text holds, the document is well-formed and no text can become markup. A verb with nothing to say is left
/// out, because Plivo refuses a document with an empty element.
package struct AnswerXML: Sendable {
    private let addresses: WebhookAddresses

    package init(addresses: WebhookAddresses) {
        self.addresses = addresses
    }

    package static let contentType = "application/xml"
    /// Plivo takes 100 KB at most; read as the smaller of its two meanings.
    package static let maximumSize = 100_000

    /// - Throws: ``Refusal`` for a document over ``maximumSize`` and for a `<Dial>` with nobody to ring, both of which Plivo
    ///   would end the call for. A document of `<Hangup>` alone, and an empty one, are always written.
    package func bytes(_ document: [Verb]) throws(Refusal) -> [UInt8] {
        var xml = XMLWriter()
        let verbs = document.filter { !$0.isBlank }
        guard !verbs.isEmpty else {
            xml.markup("<Response/>")
            return xml.bytes
        }
        xml.markup("<Response>")
        for verb in verbs { try write(verb, to: &xml) }
        xml.markup("</Response>")
        guard xml.bytes.count <= Self.maximumSize else {
            throw Refusal("the answer has \(xml.bytes.count) bytes, more than the \(Self.maximumSize) that plivo takes")
        }
        return xml.bytes
    }

    private func write(_ verb: Verb, to xml: inout XMLWriter) throws(Refusal) {
        switch verb {
        case .speak(let speak): write(speak, to: &xml)
        case .play(let play):
            xml.markup("<Play")
            if let loop = play.loop { xml.attribute("loop", loop) }
            xml.markup(">")
            xml.text(play.url)
            xml.markup("</Play>")
        case .wait(let seconds, let music):
            xml.markup("<Wait")
            xml.attribute("length", seconds)
            // Without it Plivo plays music.
            if !music { xml.attribute("silence", "true") }
            xml.markup("/>")
        case .getDigits(let digits): try write(digits, to: &xml)
        case .getInput(let input): try write(input, to: &xml)
        case .record(let record): write(record, to: &xml)
        case .conference(let conference): RoomXML(addresses: addresses).write(conference, to: &xml)
        case .multiPartyCall(let call): RoomXML(addresses: addresses).write(call, to: &xml)
        case .dial(let dial): try write(dial, to: &xml)
        case .redirect(let link, let method):
            xml.markup("<Redirect")
            xml.attribute("method", method)
            xml.markup(">")
            xml.text(url(link))
            xml.markup("</Redirect>")
        case .hangup(let reason):
            xml.markup("<Hangup")
            xml.attribute("reason", ifAny: reason ?? "")
            xml.markup("/>")
        }
    }

    private func url(_ link: Link) -> String { addresses.url(link) }

    private func write(_ speak: Speak, to xml: inout XMLWriter) {
        xml.markup("<Speak")
        xml.attribute("voice", ifAny: speak.voice)
        xml.attribute("language", ifAny: speak.language)
        if let loop = speak.loop { xml.attribute("loop", loop) }
        xml.markup(">")
        if speak.isMarkup { xml.wellFormed(speak.text) } else { xml.text(speak.text) }
        xml.markup("</Speak>")
    }

    // MARK: Input

    /// No attribute is left to a default of Plivo's: its pages disagree on several.
    private func write(_ digits: GetDigits, to xml: inout XMLWriter) throws(Refusal) {
        xml.markup("<GetDigits")
        xml.attribute("action", url(digits.action))
        xml.markup(" method=\"POST\" redirect=\"true\"")
        xml.attribute("timeout", digits.timeout)
        xml.attribute("digitTimeout", digits.digitTimeout)
        xml.attribute("finishOnKey", digits.finishOnKey)
        xml.attribute("numDigits", digits.numDigits)
        xml.markup(" retries=\"1\"")
        xml.attribute("playBeep", digits.playBeep)
        xml.attribute("log", digits.log)
        xml.markup(">")
        for prompt in digits.prompts where !prompt.isBlank { try write(prompt, to: &xml) }
        xml.markup("</GetDigits>")
    }

    private func write(_ input: GetInput, to xml: inout XMLWriter) throws(Refusal) {
        xml.markup("<GetInput")
        xml.attribute("action", url(input.action))
        xml.markup(" method=\"POST\" redirect=\"true\"")
        xml.attribute("inputType", input.inputType)
        xml.attribute("executionTimeout", input.executionTimeout)
        xml.attribute("digitEndTimeout", input.digitEndTimeout)
        xml.attribute("speechEndTimeout", input.speechEndTimeout)
        xml.attribute("finishOnKey", input.finishOnKey)
        xml.attribute("numDigits", input.numDigits)
        xml.attribute("speechModel", input.speechModel)
        xml.attribute("language", input.language)
        xml.attribute("hints", ifAny: input.hints)
        xml.attribute("profanityFilter", input.profanityFilter)
        xml.attribute("log", input.log)
        xml.markup(">")
        for prompt in input.prompts where !prompt.isBlank { try write(prompt, to: &xml) }
        xml.markup("</GetInput>")
    }

    /// Attributes that mean nothing beside the others are left out; of the rest none is left to a default of Plivo's.
    private func write(_ record: Record, to xml: inout XMLWriter) {
        xml.markup("<Record")
        xml.attribute("action", url(record.action))
        xml.markup(" method=\"POST\"")
        xml.attribute("redirect", record.isMessage)
        xml.attribute("fileFormat", record.fileFormat)
        if case .message(let message) = record.extent { xml.attribute("timeout", message.timeout) }
        xml.attribute("maxLength", record.maxLength)
        switch record.extent {
        case .message(let message):
            xml.attribute("playBeep", message.playBeep)
            xml.attribute("finishOnKey", message.finishOnKey)
        case .session(let channels):
            xml.markup(" recordSession=\"true\"")
            xml.attribute("recordChannelType", channels)
        case .dial(let channels):
            xml.markup(" startOnDialAnswer=\"true\"")
            xml.attribute("recordChannelType", channels)
        }
        if let transcription = record.transcription {
            xml.markup(" transcriptionType=\"auto\"")
            xml.attribute("transcriptionUrl", url(transcription))
            xml.markup(" transcriptionMethod=\"POST\"")
        }
        xml.attribute("callbackUrl", url(record.callback))
        xml.markup(" callbackMethod=\"POST\"/>")
    }

    // MARK: Dial

    private func write(_ dial: Dial, to xml: inout XMLWriter) throws(Refusal) {
        guard dial.targets.contains(where: { !$0.text.isBlankInXML }) else {
            throw Refusal("a dial has nobody to ring")
        }
        xml.markup("<Dial")
        if let action = dial.action {
            xml.attribute("action", url(action))
            xml.markup(" method=\"POST\" redirect=\"true\"")
        }
        if let callback = dial.callback {
            xml.attribute("callbackUrl", url(callback))
            xml.markup(" callbackMethod=\"POST\"")
        }
        xml.attribute("timeout", dial.timeout)
        if let timeLimit = dial.timeLimit { xml.attribute("timeLimit", timeLimit) }
        xml.attribute("callerId", ifAny: dial.callerID)
        xml.attribute("callerName", ifAny: Self.cut(dial.callerName))
        if dial.hangupOnStar { xml.markup(" hangupOnStar=\"true\"") }
        if let screening = dial.screening {
            xml.attribute("confirmSound", url(screening.sound))
            xml.attribute("confirmKey", screening.key)
            xml.attribute("confirmTimeout", screening.timeout)
        }
        switch dial.music {
        case .real: xml.markup(" dialMusic=\"real\"")
        case .document(let link): xml.attribute("dialMusic", ifAny: url(link))
        case nil: break
        }
        xml.attribute("sipHeaders", ifAny: SIPHeaderList.text(dial.sipHeaders))
        xml.markup(">")
        write(dial.targets, sendDigits: dial.sendDigits, to: &xml)
        xml.markup("</Dial>")
    }

    private func write(_ targets: [DialTarget], sendDigits: String, to xml: inout XMLWriter) {
        for target in targets where !target.text.isBlankInXML {
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

extension Verb {
    /// Whether nothing would be heard.
    fileprivate var isBlank: Bool {
        switch self {
        case .speak(let speak): speak.text.isBlankInXML
        case .play(let play): play.url.isBlankInXML
        case .dial, .getDigits, .getInput, .record, .conference, .multiPartyCall, .wait, .redirect, .hangup: false
        }
    }
}

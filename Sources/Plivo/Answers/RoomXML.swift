import FlowCore
import FlowWeb

/// Writes `<Conference>` and `<MultiPartyCall>` (voice/xml/conferencing, voice/xml/multipartycall).
///
/// No attribute is left to a default of Plivo's: its pages and builders disagree on several.
struct RoomXML {
    let addresses: WebhookAddresses

    func write(_ conference: Conference, to xml: inout XMLWriter) {
        xml.markup("<Conference")
        xml.attribute("action", addresses.url(conference.action))
        xml.markup(" method=\"POST\" redirect=\"true\"")
        xml.attribute("muted", conference.muted)
        xml.attribute("startConferenceOnEnter", conference.startOnEnter)
        xml.attribute("endConferenceOnExit", conference.endOnExit)
        xml.attribute("stayAlone", conference.stayAlone)
        xml.attribute("maxMembers", conference.maxMembers)
        xml.attribute("timeLimit", conference.timeLimit)
        xml.attribute("hangupOnStar", conference.hangupOnStar)
        xml.attribute("digitsMatch", ifAny: conference.digitsMatch)
        xml.attribute("enterSound", ifAny: text(conference.enterSound))
        xml.attribute("exitSound", ifAny: text(conference.exitSound))
        xml.attribute("waitSound", ifAny: text(conference.waitSound))
        xml.attribute("record", conference.record)
        xml.attribute("recordFileFormat", conference.recordFormat)
        if let transcription = conference.transcription {
            xml.markup(" transcriptionType=\"auto\"")
            xml.attribute("transcriptionUrl", addresses.url(transcription))
            xml.markup(" transcriptionMethod=\"POST\"")
        }
        xml.attribute("callbackUrl", addresses.url(conference.callback))
        xml.markup(" callbackMethod=\"POST\">")
        xml.text(conference.room)
        xml.markup("</Conference>")
    }

    func write(_ call: MPC, to xml: inout XMLWriter) {
        xml.markup("<MultiPartyCall")
        xml.attribute("onExitActionUrl", addresses.url(call.action))
        xml.markup(" onExitActionMethod=\"POST\"")
        xml.attribute("role", call.role)
        xml.attribute("mute", call.mute)
        xml.attribute("hold", call.hold)
        xml.attribute("stayAlone", call.stayAlone)
        xml.attribute("endMpcOnExit", call.endOnExit)
        xml.attribute("relayDTMFInputs", call.relayDigits)
        xml.attribute("startMpcOnEnter", call.startOnEnter)
        xml.attribute("coachMode", call.coach)
        xml.attribute("maxDuration", call.maxDuration)
        xml.attribute("maxParticipants", call.maxParticipants)
        sound("waitMusicUrl", " waitMusicMethod=\"POST\"", call.waitMusic, to: &xml)
        sound("agentHoldMusicUrl", " agentHoldMusicMethod=\"POST\"", call.agentHoldMusic, to: &xml)
        sound("customerHoldMusicUrl", " customerHoldMusicMethod=\"POST\"", call.customerHoldMusic, to: &xml)
        sound("enterSound", " enterSoundMethod=\"POST\"", call.enterSound, to: &xml)
        sound("exitSound", " exitSoundMethod=\"POST\"", call.exitSound, to: &xml)
        xml.attribute("record", call.record)
        xml.attribute("recordFileFormat", call.recordFormat)
        xml.attribute("recordMinMemberCount", call.recordMinMembers)
        xml.attribute("recordingCallbackUrl", addresses.url(call.recordingCallback))
        xml.markup(" recordingCallbackMethod=\"POST\"")
        xml.attribute("statusCallbackEvents", call.statusEvents.joined(separator: ","))
        xml.attribute("statusCallbackUrl", addresses.url(call.statusCallback))
        xml.markup(" statusCallbackMethod=\"POST\">")
        xml.text(call.name)
        xml.markup("</MultiPartyCall>")
    }

    private func sound(_ name: StaticString, _ method: StaticString, _ sound: RoomSound?, to xml: inout XMLWriter) {
        guard let sound else { return }
        xml.attribute(name, text(sound))
        xml.markup(method)
    }

    private func text(_ sound: RoomSound?) -> String {
        switch sound {
        case .word(let word): word
        case .document(let link): addresses.url(link)
        case nil: ""
        }
    }
}

extension WebhookAddresses {
    /// A link as it stands in a document.
    func url(_ link: Link) -> String {
        switch link {
        case .url(let url): url
        case .own(let address): url(address)
        }
    }
}

import FlowCore
import FlowDocument

/// Every rule, in the order of the reference.
package enum Rules {
    package static let all: [any Rule.Type] = [
        // Files
        UnknownKey.self, MissingKey.self, DuplicateKey.self, WrongType.self, UnsupportedSyntax.self,
        UnknownVersion.self, OverLimit.self, Syntax.self,
        // Graph
        StartNode.self, DanglingTransition.self, UnreachableNode.self, OutcomeLeftOut.self, UnknownOutcome.self,
        CycleWithoutCall.self, CycleThroughCall.self, HandMadeRetry.self, SilentEnd.self, DialAfterCompleted.self,
        IndistinctReport.self, ClaimedTwice.self, CallerBehindEvent.self,
        // Data flow and templates
        UnknownValue.self, MaybeUnset.self, NeverSet.self, AlwaysEmpty.self, PreviousTurn.self, SelfReference.self,
        MalformedTemplate.self, TypeMismatch.self, TemplateNotAllowed.self, MistypedParameter.self, PastedJSON.self,
        RepeatedParameter.self,
        // Telephony
        NotE164.self, ImpossibleNumber.self, DialsItself.self, ForeignCallerID.self, ExtremeRingTime.self,
        TimeLimitTooLong.self, ValueOverLimit.self, DestinationFromData.self, SlowScreening.self, LongRing.self,
        SilentLoop.self, UnpressableChoice.self, BadSpeech.self, UnplayableSound.self, SensitiveShown.self,
        DoubtfulRecording.self, BadHours.self, DeadCase.self, LongSilence.self, SharedRoom.self,
        // Requests
        BadURL.self, BodyWithGET.self, CallerSilence.self, RetryWithoutEffect.self, ReservedHeader.self,
        LargeBody.self, UnevenHost.self,
        // Security
        TemplatedHost.self, TemplatedPath.self, HeaderLineBreak.self, Unencrypted.self, PlainSecret.self,
        ExposedSecret.self, DisguisedAddress.self, IndirectData.self, PersonalDataInURL.self, MissingSecret.self,
        // Hygiene
        UnusedSilence.self, BadName.self,
    ]

    /// The codes of all rules.
    package static let codes: Set<String> = Set(all.map { $0.code.id })

    package static let names = all.map { $0.code.name }

    /// The rule with a code, or with a name such as `dangling-transition`; capitals do not matter.
    package static func named(_ text: String) -> (any Rule.Type)? {
        let id = text.uppercased()
        let name = text.lowercased()
        return all.first { $0.code.id == id || $0.code.name == name }
    }

    /// How many nodes a flow has at least that is worth more than one core.
    private static let manyNodes = 500

    /// What all rules find in a flow, in their order.
    static func findings(in subject: Subject) -> [Finding] {
        let isLarge = subject.flow.nodes.count >= manyNodes
        let found = isLarge ? all.concurrentMap { $0.check(subject) } : all.map { $0.check(subject) }
        return withoutFollowers(Array(found.joined()))
    }

    /// Drops findings about what a value could hold where another finding says that the value is never set.
    private static func withoutFollowers(_ findings: [Finding]) -> [Finding] {
        let unset = Set(
            findings.filter { $0.code == NeverSet.code && $0.severity == .error || $0.code == SelfReference.code }
                .map(\.span)
        )
        guard !unset.isEmpty else { return findings }
        let followers = [
            DestinationFromData.code, TemplatedPath.code, HeaderLineBreak.code, IndirectData.code,
            PersonalDataInURL.code,
        ]
        return findings.filter { !followers.contains($0.code) || !unset.contains($0.span) }
    }
}

extension Rules {
    static let graphRules: [any Rule.Type] = [
        StartNode.self,
        DanglingTransition.self,
        UnreachableNode.self,
        OutcomeLeftOut.self,
        UnknownOutcome.self,
        CycleWithoutCall.self,
        CycleThroughCall.self,
        HandMadeRetry.self,
        SilentEnd.self,
        DialAfterCompleted.self,
        IndistinctReport.self,
        ClaimedTwice.self,
    ]
}

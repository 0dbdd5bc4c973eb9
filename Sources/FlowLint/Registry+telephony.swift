extension Rules {
    static let telephonyRules: [any Rule.Type] = [
        NotE164.self,
        ImpossibleNumber.self,
        DialsItself.self,
        ForeignCallerID.self,
        ExtremeRingTime.self,
        TimeLimitTooLong.self,
        ValueOverLimit.self,
        DestinationFromData.self,
        SlowScreening.self,
        LongRing.self,
    ]
}

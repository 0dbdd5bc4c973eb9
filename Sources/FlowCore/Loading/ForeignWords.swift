import FlowDocument

/// What other tools call the things of a flow: Plivo's PHLO, Twilio Studio, and habit.
///
/// A word of theirs has little in common with flowd's by its letters, so that ``nearMiss(_:among:swapsUpTo:)`` does not see it.
enum ForeignWords {
    /// The key among `keys` that another tool's key stands for.
    static func key(_ word: String, among keys: [String]) -> String? { look(up: word, in: self.keys, among: keys) }

    /// The outcome among `outcomes` that another tool's word stands for.
    static func outcome(_ word: String, among outcomes: [String]) -> String? {
        look(up: word, in: self.outcomes, among: outcomes)
    }

    /// The word of a choice that another word stands for.
    static func choice(_ word: String, among words: [String]) -> String? { look(up: word, in: choices, among: words) }

    /// The node type that another tool's name stands for.
    static func type(_ word: String, among types: [NodeDescription]) -> String? {
        let word = plain(word)
        return types.first { $0.otherNames.contains(word) }?.type
    }

    /// Whether another tool has a node of that name, for which flowd has none.
    static func isStranger(_ word: String) -> Bool { strangers.contains(plain(word)) }

    /// Whether a transition's target means the end of the run.
    static func isEnd(_ word: String) -> Bool { ends.contains(plain(word)) }

    /// `true` or `false`, where a text means one of them.
    static func boolean(_ word: String) -> String? {
        switch word.lowercased() {
        case "yes", "y", "on", "1", "true": "true"
        case "no", "n", "off", "0", "false": "false"
        default: nil
        }
    }

    /// Whole seconds as digits, where a text gives them with a unit: `15s`, `2 minutes`.
    static func seconds(_ text: String) -> String? {
        let trimmed = text.trimmed
        let digits = trimmed.prefix { $0.isASCII && $0.isNumber }
        guard (1...6).contains(digits.count), let count = Int(digits) else { return nil }
        switch trimmed.dropFirst(digits.count).trimmed.lowercased() {
        case "s", "sec", "secs", "second", "seconds": return String(count)
        case "m", "min", "mins", "minute", "minutes": return String(count * 60)
        case "h", "hour", "hours": return String(count * 3_600)
        default: return nil
        }
    }

    /// Letters and digits alone: `IVR Menu`, `ivr-menu` and `ivr_menu` are one word.
    private static func plain(_ word: String) -> String {
        String(word.lowercased().filter { $0.isLetter || $0.isNumber })
    }

    private static func look(up word: String, in table: [String: [String]], among names: [String]) -> String? {
        table[plain(word)]?.first(where: names.contains)
    }

    private static let keys: [String: [String]] = [
        "callerid": ["from"], "fromnumber": ["from"], "number": ["to", "numbers"], "tonumber": ["to"],
        "timeout": ["ring_timeout"], "ringtime": ["ring_timeout"], "dialtimeout": ["ring_timeout"],
        "maxduration": ["time_limit"], "data": ["body"], "payload": ["body"], "query": ["params"],
        "parameters": ["params"], "next": ["transitions"], "on": ["transitions"], "outcomes": ["transitions"],
        "states": ["nodes"], "steps": ["nodes"], "authentication": ["auth"], "authorization": ["auth"],
        "condition": ["cases"], "conditions": ["cases"], "rules": ["cases"], "input": ["value"],
        "variable": ["value", "vars"], "variables": ["vars"], "set": ["vars"], "attributes": ["vars"],
        "delay": ["duration"], "seconds": ["duration"], "length": ["duration"], "holdmusic": ["music"],
        "tz": ["timezone"], "zone": ["timezone"], "schedule": ["hours"], "days": ["hours"], "slots": ["hours"],
        "holidays": ["closed"], "holiday": ["closed"], "exceptions": ["special"], "overrides": ["special"],
        "is": ["equals"], "eq": ["equals"], "equalto": ["equals"], "isequalto": ["equals"], "isnot": ["not_equals"],
        "ne": ["not_equals"], "notequalto": ["not_equals"], "in": ["one_of"], "anyof": ["one_of"],
        "matchesanyof": ["one_of"], "beginswith": ["starts_with"], "prefix": ["starts_with"], "suffix": ["ends_with"],
        "includes": ["contains"], "lt": ["less_than"], "lte": ["at_most"], "lessthanorequal": ["at_most"],
        "gt": ["greater_than"], "gte": ["at_least"], "greaterthanorequal": ["at_least"], "min": ["at_least"],
        "isblank": ["is_empty"], "blank": ["is_empty"], "isnotblank": ["is_set"], "exists": ["is_set"],
        "present": ["is_set"], "caseinsensitive": ["ignore_case"], "regex": ["matches"], "pattern": ["matches"],
        "retries": ["retry"], "verb": ["method"], "confirm": ["screening"], "music": ["dial_music"],
    ]

    private static let outcomes: [String: [String]] = [
        "else": ["no_match"], "otherwise": ["no_match"], "default": ["no_match"],
        "duringhours": ["open"], "during": ["open"], "within": ["open"], "inside": ["open"],
        "outside": ["closed"], "outsidehours": ["closed"], "afterhours": ["closed"],
        "countreached": ["reached"], "countnotreached": ["not_reached"], "audiocomplete": ["completed"],
        "promptcompleted": ["completed"], "callcompleted": ["completed"], "next": ["completed", "success"],
        "invalid": ["wrong_input"], "invalidinput": ["wrong_input"], "nokey": ["no_input"],
        "answered": ["completed"], "answer": ["completed"], "connected": ["completed"], "done": ["completed"],
        "rejected": ["busy"], "error": ["failed"], "timeout": ["no_answer", "no_input", "failed"],
        "incomingsms": ["incoming_message"],
        "sms": ["incoming_message"], "message": ["incoming_message"], "call": ["incoming_call"],
        "incomingrequest": ["api_request"], "http": ["api_request"], "ok": ["success"], "200": ["success"],
        "2xx": ["success"], "404": ["failed"], "4xx": ["failed"], "500": ["failed"], "5xx": ["failed"],
    ]

    private static let choices: [String: [String]] = [
        "sequential": ["sequence"], "serial": ["sequence"], "inturn": ["sequence"], "simultaneous": ["parallel"],
        "simulring": ["parallel"], "all": ["parallel"], "urlencoded": ["form"], "formurlencoded": ["form"],
        "applicationjson": ["json"], "no": ["false"], "off": ["false"], "yes": ["auto"], "true": ["auto"],
    ]

    private static let ends: Set = ["hangup", "stop", "exit", "finish", "done", "none", "null", "terminate"]

    /// What other tools do and no node type of flowd does, beside the names that the types know for themselves.
    private static let strangers: Set = [
        "ivr", "ivrmenu", "menu", "gather", "gatherinput", "gatherinputoncall", "getinput", "getdigits", "play",
        "playaudio", "say", "speak", "sayplay", "record", "recordaudio", "recordvoicemail", "voicemail", "conference",
        "conferencebridge", "sendmessage", "sendsms", "sms", "sendandwaitforreply", "branch", "splitbasedon",
        "condition", "conditionalbranch", "setvariables", "businesshours", "hangup", "initiatecall",
        "makeoutgoingcall", "runsubflow", "runfunction", "queue", "enqueuecall", "wait", "counter",
        "redirect", "forkcall", "streamaudio",
    ]
}

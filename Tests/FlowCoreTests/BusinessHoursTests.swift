import FlowCore
import FlowDocument
import Testing

/// Opening hours in local time, over changes of the clocks.
@Suite("Business hours")
struct BusinessHoursTests {
    private static func run(_ keys: String, at time: String) throws -> (outcome: String, values: [String]) {
        let flow = try flow(
            """
            nodes:
              Start: {type: start, transitions: {incoming_call: Hours}}
              Hours:
                type: business_hours
            \(keys.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
                transitions: {open: end, closed: end}
            """
        )
        let moment = try #require(Timestamp(rfc3339: time))
        let run = try Interpreter(flow).start(callID(), caller, at: moment).run
        let outcome = try #require(run.path.last?.outcome)
        return (flow.nodes[1].outcomes[outcome].name, run.values[1].map(\.rendered))
    }

    private static let desk = """
        timezone: America/New_York
        hours:
          mon-fri: 09:00-12:00, 13:00-17:30
          sat: 10:00-14:00
          sun: 22:00-06:00
        closed: [2026-12-25, 2026-12-28]
        special:
          2026-12-24: 09:00-12:00
          2026-12-28: [10:00-11:00]
        """

    @Test(arguments: [
        // An ordinary day: the start is in, the end is out.
        (
            "2026-11-04T08:59:59-05:00", "closed", "2026-11-04T09:00:00-05:00", "2026-11-04T12:00:00-05:00", "wed",
            "hours"
        ),
        ("2026-11-04T09:00:00-05:00", "open", "2026-11-04T13:00:00-05:00", "2026-11-04T12:00:00-05:00", "wed", "hours"),
        (
            "2026-11-04T12:00:00-05:00", "closed", "2026-11-04T13:00:00-05:00", "2026-11-04T17:30:00-05:00", "wed",
            "hours"
        ),
        ("2026-11-04T22:29:59Z", "open", "2026-11-05T09:00:00-05:00", "2026-11-04T17:30:00-05:00", "wed", "hours"),
        ("2026-11-04T22:30:00Z", "closed", "2026-11-05T09:00:00-05:00", "2026-11-05T12:00:00-05:00", "wed", "hours"),
        // The next opening lies behind the end of summer time.
        (
            "2026-10-31T15:00:00-04:00", "closed", "2026-11-01T22:00:00-05:00", "2026-11-02T06:00:00-05:00", "sat",
            "hours"
        ),
        // A range over midnight belongs to the day it starts.
        ("2026-11-02T05:59:59-05:00", "open", "2026-11-02T09:00:00-05:00", "2026-11-02T06:00:00-05:00", "mon", "hours"),
        (
            "2026-11-02T06:00:00-05:00", "closed", "2026-11-02T09:00:00-05:00", "2026-11-02T12:00:00-05:00", "mon",
            "hours"
        ),
        ("2026-12-28T03:00:00-05:00", "open", "2026-12-28T10:00:00-05:00", "2026-12-28T06:00:00-05:00", "mon", "hours"),
        // Special dates beat closed ones, which beat the week.
        (
            "2026-12-24T13:30:00-05:00", "closed", "2026-12-26T10:00:00-05:00", "2026-12-26T14:00:00-05:00", "thu",
            "special"
        ),
        (
            "2026-12-24T11:30:00-05:00", "open", "2026-12-26T10:00:00-05:00", "2026-12-24T12:00:00-05:00", "thu",
            "special"
        ),
        (
            "2026-12-25T10:00:00-05:00", "closed", "2026-12-26T10:00:00-05:00", "2026-12-26T14:00:00-05:00", "fri",
            "closed"
        ),
        (
            "2026-12-28T10:30:00-05:00", "open", "2026-12-29T09:00:00-05:00", "2026-12-28T11:00:00-05:00", "mon",
            "special"
        ),
        (
            "2026-12-28T09:30:00-05:00", "closed", "2026-12-28T10:00:00-05:00", "2026-12-28T11:00:00-05:00", "mon",
            "special"
        ),
    ])
    func `a desk in New York`(
        _ time: String,
        _ outcome: String,
        _ opens: String,
        _ closes: String,
        _ weekday: String,
        _ reason: String
    ) throws {
        let found = try Self.run(Self.desk, at: time)
        #expect(found.outcome == outcome)
        #expect(Array(found.values.dropFirst()) == [opens, closes, weekday, reason, outcome])
    }

    /// The clocks go from 2:00 to 3:00 on 2027-03-14, and from 2:00 back to 1:00 on 2026-11-01.
    @Test(arguments: [
        (
            "02:30-04:00", "2027-03-14T01:59:59-05:00", "closed", "2027-03-14T03:00:00-04:00",
            "2027-03-14T04:00:00-04:00"
        ),
        ("02:30-04:00", "2027-03-14T03:00:00-04:00", "open", "2027-03-15T02:30:00-04:00", "2027-03-14T04:00:00-04:00"),
        ("01:00-02:30", "2027-03-14T01:30:00-05:00", "open", "2027-03-15T01:00:00-04:00", "2027-03-14T03:00:00-04:00"),
        (
            "02:10-02:50", "2027-03-14T01:00:00-05:00", "closed", "2027-03-15T02:10:00-04:00",
            "2027-03-15T02:50:00-04:00"
        ),
        ("01:00-01:30", "2026-11-01T01:15:00-04:00", "open", "2026-11-01T01:00:00-05:00", "2026-11-01T01:30:00-04:00"),
        (
            "01:00-01:30", "2026-11-01T01:45:00-04:00", "closed", "2026-11-01T01:00:00-05:00",
            "2026-11-01T01:30:00-05:00"
        ),
        ("01:00-01:30", "2026-11-01T01:15:00-05:00", "open", "2026-11-02T01:00:00-05:00", "2026-11-01T01:30:00-05:00"),
        (
            "00:30-01:30", "2026-11-01T00:15:00-04:00", "closed", "2026-11-01T00:30:00-04:00",
            "2026-11-01T01:30:00-04:00"
        ),
    ])
    func `a time that is left out or comes twice`(
        _ range: String,
        _ time: String,
        _ outcome: String,
        _ opens: String,
        _ closes: String
    ) throws {
        let found = try Self.run("timezone: America/New_York\nhours: {mon-sun: \"\(range)\"}", at: time)
        #expect(found.outcome == outcome)
        #expect(Array(found.values[1...2]) == [opens, closes])
    }

    @Test(arguments: [
        ("Europe/Berlin", "2026-03-29T00:59:59Z", "2026-03-29T01:59:59+01:00"),
        ("Europe/Berlin", "2026-03-29T01:00:00Z", "2026-03-29T03:00:00+02:00"),
        ("Europe/Berlin", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00+01:00"),
        ("Australia/Lord_Howe", "2026-04-04T14:59:59Z", "2026-04-05T01:59:59+11:00"),
        ("Australia/Lord_Howe", "2026-04-04T15:00:00Z", "2026-04-05T01:30:00+10:30"),
        ("Asia/Kathmandu", "2026-06-01T00:00:00Z", "2026-06-01T05:45:00+05:45"),
        ("America/New_York", "2500-07-01T12:00:00Z", "2500-07-01T08:00:00-04:00"),
        ("America/New_York", "2500-01-01T12:00:00Z", "2500-01-01T07:00:00-05:00"),
        ("Australia/Lord_Howe", "2500-01-01T00:00:00Z", "2500-01-01T11:00:00+11:00"),
        ("Europe/Dublin", "2500-07-01T12:00:00Z", "2500-07-01T13:00:00+01:00"),
        ("Europe/Dublin", "2500-01-01T12:00:00Z", "2500-01-01T12:00:00+00:00"),
        ("UTC", "2026-06-01T00:00:00Z", "2026-06-01T00:00:00+00:00"),
        ("Etc/GMT+5", "2026-06-01T00:00:00Z", "2026-05-31T19:00:00-05:00"),
    ])
    func `local time has the offset of its moment, in far years too`(
        _ zone: String,
        _ time: String,
        _ local: String
    )
        throws
    {
        #expect(try Self.run("timezone: \(zone)\nhours: {mon: 09:00-17:00}", at: time).values[0] == local)
    }

    @Test(arguments: [
        ("mon-sun: 00:00-24:00", "open", "", ""),
        ("fri-mon: 00:00-24:00", "closed", "2026-11-06T00:00:00+01:00", "2026-11-10T00:00:00+01:00"),
        ("wed: 12:00-24:00\n  thu: 00:00-06:00", "open", "2026-11-11T12:00:00+01:00", "2026-11-05T06:00:00+01:00"),
        ("wed: 22:00-00:00", "closed", "2026-11-04T22:00:00+01:00", "2026-11-05T00:00:00+01:00"),
        ("tue: 20:00-18:00", "open", "2026-11-10T20:00:00+01:00", "2026-11-04T18:00:00+01:00"),
    ])
    func `openings that touch are one, and one without an end has none`(
        _ hours: String,
        _ outcome: String,
        _ opens: String,
        _ closes: String
    ) throws {
        let found = try Self.run("timezone: Europe/Berlin\nhours:\n  \(hours)", at: "2026-11-04T15:00:00+01:00")
        #expect(found.outcome == outcome)
        #expect(Array(found.values[1...2]) == [opens, closes])
    }

    @Test func `an opening that is more than 400 days away is not told`() throws {
        let keys = "timezone: Europe/Berlin\nspecial: {2028-01-03: 09:00-10:00}"
        #expect(try Self.run(keys, at: "2026-11-04T15:00:00+01:00").values[1...3] == ["", "", "wed"])
        #expect(try Self.run(keys, at: "2026-12-01T15:00:00+01:00").values[1] == "2028-01-03T09:00:00+01:00")
    }

    @Test(arguments: [
        ("timezone: America/NewYork\nhours: {mon: 09:00-17:00}", "did you mean \"America/New_York\""),
        ("timezone: Berlin\nhours: {mon: 09:00-17:00}", "did you mean \"Europe/Berlin\""),
        ("timezone: ../../../etc/passwd\nhours: {mon: 09:00-17:00}", "is not a time zone"),
        ("timezone: zone1970.tab\nhours: {mon: 09:00-17:00}", "is not a time zone"),
        ("timezone: UTC\nhours: {mon: 9-17}", "is not a range of time"),
        ("timezone: UTC\nhours: {mon: 09:00-25:00}", "is not a range of time"),
        ("timezone: UTC\nhours: {mon: 09:00-09:00}", "is not a range of time"),
        ("timezone: UTC\nhours: {mon: 24:00-24:00}", "is not a range of time"),
        ("timezone: UTC\nhours: {mon: closed}", "is not a range of time"),
        ("timezone: UTC\nhours: {Monday: 09:00-17:00}", "did you mean \"mon\""),
        ("timezone: UTC\nhours: {monday-friday: 09:00-17:00}", "did you mean \"mon-fri\""),
        ("timezone: UTC\nhours: {mon: \"09:00-12:00, 11:00-13:00\"}", "overlaps"),
        ("timezone: UTC\nhours: {mon: 09:00-17:00}\nclosed: [12/25/2026]", "is not a date"),
        ("timezone: UTC\nhours: {mon: 09:00-17:00}\nclosed: [2026-02-29]", "there is no 2026-02-29"),
        ("timezone: UTC\nhours: {mon: 09:00-17:00}\nspecial: {2026-13-01: 09:00-10:00}", "there is no 2026-13-01"),
    ])
    func `what is wrong with opening hours is said`(_ keys: String, _ words: String) {
        let found = findings(
            """
            nodes:
              Start: {type: start, transitions: {incoming_call: Hours}}
              Hours:
                type: business_hours
            \(keys.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
                transitions: {open: end, closed: end}
            """
        ).filter { $0.code.id == "FD421" }
        #expect(found.count == 1)
        #expect(found.contains { $0.message.contains(words) || $0.fixes.contains { $0.title.contains(words) } })
    }

    @Test func `a file that is cut off, or made up, is no time zone`() throws {
        var bytes = Array("TZif2".utf8) + Array(repeating: 0, count: 15)
        // No times, one type of six bytes, no letters; once for version 1, once for version 2; the footer.
        bytes += [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]
        let block = bytes + [0, 0, 0x0E, 0x10, 0, 0]
        let whole = block + block + Array("\nCET-1CEST,M3.5.0,M10.5.0/3\n".utf8)
        let rules = try #require(ZoneRules(tzif: whole))
        #expect(rules.offset(at: 1_774_746_000) == 7_200)
        #expect(rules.offset(at: 1_774_745_999) == 3_600)
        for count in 0..<(block.count * 2) { #expect(ZoneRules(tzif: Array(whole[..<count])) == nil) }
    }
}

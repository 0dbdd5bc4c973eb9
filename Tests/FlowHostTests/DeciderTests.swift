import FlowHost
import Testing

/// A decider as a table: what is known of a call and what happens to it, to what is answered and what is kept.
@Suite
struct DeciderTests {
    @Test(arguments: DeciderCase.beginnings)
    func `a beginning is answered`(_ row: DeciderCase) throws {
        let outline = try row.outline()
        #expect(outline == row.expected, "\(outline)")
    }

    @Test(arguments: DeciderCase.hangups)
    func `a hangup is heard`(_ row: DeciderCase) throws {
        let outline = try row.outline()
        #expect(outline == row.expected, "\(outline)")
    }

    @Test(arguments: DeciderCase.actions)
    func `a dial's action moves its turn`(_ row: DeciderCase) throws {
        let outline = try row.outline()
        #expect(outline == row.expected, "\(outline)")
    }

    @Test(arguments: DeciderCase.versions)
    func `a version that is not at hand is asked for, and a lost one ends the run`(_ row: DeciderCase) throws {
        let outline = try row.outline()
        #expect(outline == row.expected, "\(outline)")
    }

    @Test(arguments: DeciderCase.callbacks)
    func `a callback that moves no turn is heard or answered with its document`(_ row: DeciderCase) throws {
        let outline = try row.outline()
        #expect(outline == row.expected, "\(outline)")
    }

    @Test(arguments: DeciderCase.events)
    func `an event begins a side run, once`(_ row: DeciderCase) throws {
        let outline = try row.outline()
        #expect(outline == row.expected, "\(outline)")
    }

    @Test(arguments: DeciderCase.requests)
    func `a request's end and a deadline move the run that waits for them`(_ row: DeciderCase) throws {
        let outline = try row.outline()
        #expect(outline == row.expected, "\(outline)")
    }
}

-- wrk's script: each request is the next signed webhook of the file that CALLS names.
local requests, next_one = {}, 0
function init(_)
    for line in io.lines(os.getenv("CALLS")) do
        local nonce, signature, body = line:match("^(%S+) (%S+) (.*)$")
        requests[#requests + 1] = wrk.format("POST", "/flows/dial-status", {
            ["Content-Type"] = "application/x-www-form-urlencoded",
            ["X-Plivo-Signature-V3"] = signature,
            ["X-Plivo-Signature-V3-Nonce"] = nonce,
        }, body)
    end
end
function request()
    next_one = next_one % #requests + 1
    return requests[next_one]
end
function done(summary, _, _)
    local bad = summary.errors.status + summary.errors.read + summary.errors.timeout
    io.write(string.format("%d requests, %d bad, %.0f/s\n", summary.requests, bad, summary.requests / summary.duration * 1e6))
end

import NIOSSL

/// What a server shows of itself: `openssl req` and `openssl ca` made these once, good until 2126 but for one.
enum ServerCertificate: Sendable {
    /// For `app.test`, signed by ``root``.
    case named
    /// For `other.test`, signed by ``root``.
    case otherName
    /// For the address 127.0.0.1, signed by ``root``.
    case address
    /// For that address and `app.test`, signed by ``root``.
    case both
    /// For `app.test`, signed by ``root``, over since 2021.
    case expired
    /// For `app.test`, signed by itself.
    case selfSigned

    var source: NIOSSLCertificateSource {
        get throws { .certificate(try NIOSSLCertificate(bytes: Array(pem.utf8), format: .pem)) }
    }

    private var pem: String {
        switch self {
        case .named:
            """
            -----BEGIN CERTIFICATE-----
            MIIBZzCCAQ2gAwIBAgIBBjAKBggqhkjOPQQDAjAPMQ0wCwYDVQQDDARyb290MCAX
            DTIwMDEwMTAwMDAwMFoYDzIxMjYwMTAxMDAwMDAwWjAQMQ4wDAYDVQQDDAVuYW1l
            ZDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABOZ/bq4e1aEtSUhl+MsKh6AKxcCJ
            6j7mCOz9Ojnu6xZ9GcAE8B1ZPFsvzXyQprZ1sDsJkg/t8QB1sM+K8oiO56ujVzBV
            MBMGA1UdEQQMMAqCCGFwcC50ZXN0MB0GA1UdDgQWBBSrIXih4QgcKVPjxVZgCwr+
            O4EIVjAfBgNVHSMEGDAWgBSGtmiLvtA+g7O4RfZbBguzMEiw3TAKBggqhkjOPQQD
            AgNIADBFAiEAh13gDphFf8/28zHPE2Js0i15eH2gHrmRHTqmRSTXzJ0CIAJZzz7h
            rNGq8NdZqdd+WYJX4dryzdX2jdlf6aBW15tj
            -----END CERTIFICATE-----
            """
        case .otherName:
            """
            -----BEGIN CERTIFICATE-----
            MIIBbTCCAROgAwIBAgIBBzAKBggqhkjOPQQDAjAPMQ0wCwYDVQQDDARyb290MCAX
            DTIwMDEwMTAwMDAwMFoYDzIxMjYwMTAxMDAwMDAwWjAUMRIwEAYDVQQDDAlvdGhl
            ck5hbWUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATmf26uHtWhLUlIZfjLCoeg
            CsXAieo+5gjs/To57usWfRnABPAdWTxbL818kKa2dbA7CZIP7fEAdbDPivKIjuer
            o1kwVzAVBgNVHREEDjAMggpvdGhlci50ZXN0MB0GA1UdDgQWBBSrIXih4QgcKVPj
            xVZgCwr+O4EIVjAfBgNVHSMEGDAWgBSGtmiLvtA+g7O4RfZbBguzMEiw3TAKBggq
            hkjOPQQDAgNIADBFAiBf2Z0dJWHP6x3Ym13Q8TFeqsOSAysNgf04O0/JH+gg3wIh
            ALkVVD22jTj4kML2U+YplVG9Ev6P6vldsi+nHhoq7S8v
            -----END CERTIFICATE-----
            """
        case .address:
            """
            -----BEGIN CERTIFICATE-----
            MIIBZTCCAQugAwIBAgIBCDAKBggqhkjOPQQDAjAPMQ0wCwYDVQQDDARyb290MCAX
            DTIwMDEwMTAwMDAwMFoYDzIxMjYwMTAxMDAwMDAwWjASMRAwDgYDVQQDDAdhZGRy
            ZXNzMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE5n9urh7VoS1JSGX4ywqHoArF
            wInqPuYI7P06Oe7rFn0ZwATwHVk8Wy/NfJCmtnWwOwmSD+3xAHWwz4ryiI7nq6NT
            MFEwDwYDVR0RBAgwBocEfwAAATAdBgNVHQ4EFgQUqyF4oeEIHClT48VWYAsK/juB
            CFYwHwYDVR0jBBgwFoAUhrZoi77QPoOzuEX2WwYLszBIsN0wCgYIKoZIzj0EAwID
            SAAwRQIhAKzqu/PrGQADWrSJjFWOliGhlf8vt4IzGw+d6FQmMQmtAiBnwGG4ZFc5
            4605gBQboR46PdWDYEglPjHnaYkZJu+Cfw==
            -----END CERTIFICATE-----
            """
        case .both:
            """
            -----BEGIN CERTIFICATE-----
            MIIBbDCCARKgAwIBAgIBCzAKBggqhkjOPQQDAjAPMQ0wCwYDVQQDDARyb290MCAX
            DTIwMDEwMTAwMDAwMFoYDzIxMjYwMTAxMDAwMDAwWjAPMQ0wCwYDVQQDDARib3Ro
            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE5n9urh7VoS1JSGX4ywqHoArFwInq
            PuYI7P06Oe7rFn0ZwATwHVk8Wy/NfJCmtnWwOwmSD+3xAHWwz4ryiI7nq6NdMFsw
            GQYDVR0RBBIwEIcEfwAAAYIIYXBwLnRlc3QwHQYDVR0OBBYEFKsheKHhCBwpU+PF
            VmALCv47gQhWMB8GA1UdIwQYMBaAFIa2aIu+0D6Ds7hF9lsGC7MwSLDdMAoGCCqG
            SM49BAMCA0gAMEUCIAOn1HhOzA4NrGLv65cB6yXwrRQe2017QlG2Ia4dM6l5AiEA
            jp3Ib6Z575pYT5NNMeLnx38MrqDvACzBcjmjjQKnTEw=
            -----END CERTIFICATE-----
            """
        case .expired:
            """
            -----BEGIN CERTIFICATE-----
            MIIBZzCCAQ2gAwIBAgIBCTAKBggqhkjOPQQDAjAPMQ0wCwYDVQQDDARyb290MB4X
            DTIwMDEwMTAwMDAwMFoXDTIxMDEwMTAwMDAwMFowEjEQMA4GA1UEAwwHZXhwaXJl
            ZDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABOZ/bq4e1aEtSUhl+MsKh6AKxcCJ
            6j7mCOz9Ojnu6xZ9GcAE8B1ZPFsvzXyQprZ1sDsJkg/t8QB1sM+K8oiO56ujVzBV
            MBMGA1UdEQQMMAqCCGFwcC50ZXN0MB0GA1UdDgQWBBSrIXih4QgcKVPjxVZgCwr+
            O4EIVjAfBgNVHSMEGDAWgBSGtmiLvtA+g7O4RfZbBguzMEiw3TAKBggqhkjOPQQD
            AgNIADBFAiEA0uZaWFiREOLcHO3Meog6+8OToGT5ogvnLOBGzL692b4CIGebowUR
            ojHniW1Nt4S/xsu2Qu4VI2hUx22kKR/mXfzd
            -----END CERTIFICATE-----
            """
        case .selfSigned:
            """
            -----BEGIN CERTIFICATE-----
            MIIBUDCB96ADAgECAgEKMAoGCCqGSM49BAMCMBUxEzARBgNVBAMMCnNlbGZTaWdu
            ZWQwIBcNMjAwMTAxMDAwMDAwWhgPMjEyNjAxMDEwMDAwMDBaMBUxEzARBgNVBAMM
            CnNlbGZTaWduZWQwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATmf26uHtWhLUlI
            ZfjLCoegCsXAieo+5gjs/To57usWfRnABPAdWTxbL818kKa2dbA7CZIP7fEAdbDP
            ivKIjuerozYwNDATBgNVHREEDDAKgghhcHAudGVzdDAdBgNVHQ4EFgQUqyF4oeEI
            HClT48VWYAsK/juBCFYwCgYIKoZIzj0EAwIDSAAwRQIhAI6Gh83ZeHA09WlBagDZ
            Tb6t4eUwbretGI9PBLKYl1qYAiBGVi6/2/UREOJUEkJrDD5bXK9TcTR0bkfqnP8j
            dt5s4w==
            -----END CERTIFICATE-----
            """
        }
    }

    /// The authority's own certificate.
    static let root = """
        -----BEGIN CERTIFICATE-----
        MIIBTzCB96ADAgECAgEFMAoGCCqGSM49BAMCMA8xDTALBgNVBAMMBHJvb3QwIBcN
        MjAwMTAxMDAwMDAwWhgPMjEyNjAxMDEwMDAwMDBaMA8xDTALBgNVBAMMBHJvb3Qw
        WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAScHB48ZCPPxhE3bZc2F4gbLVX4qHpZ
        C+l1N+aYP9S2SB+MaM7U6A3LiDzBWAY3UetgRFBEpvQdpoEHry7bgM48o0IwQDAP
        BgNVHRMBAf8EBTADAQH/MA4GA1UdDwEB/wQEAwICBDAdBgNVHQ4EFgQUhrZoi77Q
        PoOzuEX2WwYLszBIsN0wCgYIKoZIzj0EAwIDRwAwRAIgXEV9epbABS3ukTmkZuqv
        qiZPgI7m5Y1ST3yroGkegiQCIFS/3xO5ZydHThazMRfluakhFPw2dMgNycfUBlbi
        ird0
        -----END CERTIFICATE-----
        """

    /// The key of every server; it opens nothing but these tests.
    static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg8J1NK+D4xw3x5nFw
        48/0FFj1vxMW7e+u5SBDrroUq1uhRANCAATmf26uHtWhLUlIZfjLCoegCsXAieo+
        5gjs/To57usWfRnABPAdWTxbL818kKa2dbA7CZIP7fEAdbDPivKIjuer
        -----END PRIVATE KEY-----
        """
}

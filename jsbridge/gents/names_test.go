package main

import "testing"

func TestNames(t *testing.T) {
	for _, c := range []struct{ in, camel, screaming string }{
		{"ID", "id", "ID"},
		{"URL", "url", "URL"},
		{"HTTP", "http", "HTTP"},
		{"TimeoutMS", "timeoutMs", "TIMEOUT_MS"},
		{"RPCCode", "rpcCode", "RPC_CODE"},
		{"ElapsedNS", "elapsedNs", "ELAPSED_NS"},
		{"ServerName", "serverName", "SERVER_NAME"},
		{"FailDNS", "failDns", "FAIL_DNS"},
		{"OutcomeServerError", "outcomeServerError", "OUTCOME_SERVER_ERROR"},
	} {
		if got := camel(c.in); got != c.camel {
			t.Errorf("camel(%s) = %s, want %s", c.in, got, c.camel)
		}
		if got := screaming(c.in); got != c.screaming {
			t.Errorf("screaming(%s) = %s, want %s", c.in, got, c.screaming)
		}
	}
}

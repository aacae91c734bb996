package peers

// npmPeers are servers of npm packages that are no SDK: fastmcp, in its three transports.
func npmPeers() []able {
	const script = "fastmcp-server.mjs"
	return []able{
		{
			name: "fastmcp-http", kind: "http", path: "/mcp", revision: "2025-11-25", command: node(script, "<port>"),
			offers: ours(offers{"pages": without(noPages), "resume": cutAt("steps", `{"n":4,"ms":400}`, "4 steps", 4, `"progress":2`)}),
		},
		{
			name: "fastmcp-sse", kind: "sse", path: "/sse", revision: "2025-11-25", command: node(script, "<port>"),
			offers: ours(offers{"pages": without(noPages), "resume": without(noEventIDs)}),
		},
		{
			name: "fastmcp-stdio", kind: "stdio", revision: "2025-11-25", command: node(script),
			offers: ours(offers{"pages": without(noPages), "resume": without(ownPipe)}),
		},
	}
}

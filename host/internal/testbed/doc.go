// Package testbed is what the suites against other people's software share: host/conformance, host/peers and
// host/signin. It installs and builds what they need, starts and ends their processes, and leaves nothing behind. Only
// tests import it; only_tests_test.go says so.
//
//	func TestMain(m *testing.M) { os.Exit(testbed.Main(m, "peers", page.Close)) }
//
//	var npm = testbed.NPM("the npm peers", "npm")             // installed once, as its lock file says
//	program := testbed.Need(t, testbed.CLI)                   // the command line, built once
//	p := testbed.Start(t, exec.Command(program, …))           // ended with the test; its log is shown if the test failed
//	s := testbed.StartServer(t, exec.Command("node", …), &at) // one that says in a line of JSON where it is
//
//	main.go     the folder of a run, and the guard that clears it away when the run is killed
//	setup.go    what is installed or built, once, and what a program under test sees of the machine
//	child.go    processes in groups of their own, which end with the tests
//	lines.go    processes that answer a line with a line; server.go and browser.go are two kinds
//	process.go  a server of one test, with its log
//
// Relative paths are those of the suite's own folder, in which go test runs it.
package testbed

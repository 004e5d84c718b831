package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"kechuang/internal/journal"
)

// TestMain makes the test binary the command too, so that scripts run the real program in processes of their own.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"kechuang": main})
}

// TestScripts runs testdata/*.txtar: what a person types, and what the program answers.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata", Cmds: map[string]func(*testscript.TestScript, bool, []string){
		"freeport":  freePort,
		"get":       getPage,
		"samplelog": sampleLog,
		"replace":   replaceText,
	}})
}

// freePort NAME sets a variable to a port that nobody listens on.
func freePort(ts *testscript.TestScript, _ bool, args []string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	defer l.Close()
	ts.Setenv(args[0], fmt.Sprint(l.Addr().(*net.TCPAddr).Port))
}

// getPage URL FILE waits until a page is answered and writes it to a file.
func getPage(ts *testscript.TestScript, neg bool, args []string) {
	var last error
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		res, err := http.Get(args[0])
		if err != nil {
			last = err
			continue
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		ts.Check(err)
		if (res.StatusCode == http.StatusOK) == neg {
			ts.Fatalf("GET %s: %s %s", args[0], res.Status, body)
		}
		ts.Check(os.WriteFile(ts.MkAbs(args[1]), body, 0o600))
		return
	}
	ts.Fatalf("GET %s: %v", args[0], last)
}

// sampleLog FILE KEYFILE writes a log of a thousand made-up records and its public key.
func sampleLog(ts *testscript.TestScript, _ bool, args []string) {
	key, _, err := journal.NewKey("kechuang.test")
	ts.Check(err)
	var log bytes.Buffer
	_, err = journal.SampleLog(&log, key, 1000)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), log.Bytes(), 0o600))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(key.Verifier()), 0o600))
	ts.Setenv("KEY", key.Verifier())
}

// replaceText FILE OLD NEW changes the first place in a file; \\n in NEW begins a line.
func replaceText(ts *testscript.TestScript, _ bool, args []string) {
	file := ts.MkAbs(args[0])
	text, err := os.ReadFile(file)
	ts.Check(err)
	if !strings.Contains(string(text), args[1]) {
		ts.Fatalf("%s does not contain %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(file, []byte(strings.Replace(string(text), args[1], strings.ReplaceAll(args[2], `\n`, "\n"), 1)), 0o600))
}

// TestExitCodes: 0 all is well, 1 something is wrong with what was looked at, 2 it could not look.
func TestExitCodes(t *testing.T) {
	for _, c := range []struct {
		args []string
		code int
	}{
		{[]string{"version"}, 0},
		{[]string{"--help"}, 0},
		{[]string{"check"}, 0},
		{[]string{"check", "testdata"}, 1}, // a folder that is no pack
		{[]string{"check", "no-such-folder"}, 2},
		{[]string{"verify", "no-such-file"}, 2},
		{[]string{"dance"}, 2},
		{[]string{"draw", "-", "no-such-mechanism"}, 2},
	} {
		var out, errOut bytes.Buffer
		if code := run(context.Background(), c.args, &out, &errOut); code != c.code {
			t.Errorf("kechuang %v: %d, want %d\n%s%s", c.args, code, c.code, &out, &errOut)
		}
	}
}

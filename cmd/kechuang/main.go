// Command kechuang is the one binary: it serves a city, checks its policy before it is used, draws it, and verifies what it left behind.
//
//	kechuang serve --demo                 the reference city on embedded SQLite, to look around
//	kechuang serve --db postgres://…      a city
//	kechuang check packs/shenyang         a verdict for every proof of every mechanism
//	kechuang draw packs/shenyang jiebang  a mechanism as SVG
//	kechuang verify case.bundle.json      the records of a case, with no database and no trust in the operator
//
// Every command answers 0 when all is well, 1 when what it looked at is not, 2 when it could not look.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/alecthomas/kong"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/web"
)

// version is set by the linker (see Makefile).
var version = "dev"

type commands struct {
	Lang lang.Tag `enum:"zh,en" default:"zh" env:"KECHUANG_LANG" help:"Language of what is printed: zh or en."`

	Serve     serveCommand     `cmd:"" help:"Serve a city."`
	Demo      demoCommand      `cmd:"" help:"Build the reference city in an empty database, at its full size, with a progress bar."`
	Check     checkCommand     `cmd:"" help:"Prove a pack: a verdict for every proof of every mechanism."`
	Draw      drawCommand      `cmd:"" help:"Draw a mechanism as SVG."`
	Verify    verifyCommand    `cmd:"" help:"Verify an exported bundle or log, offline."`
	Stories   storiesCommand   `cmd:"" help:"Play the scenarios of a pack."`
	Simulate  simulateCommand  `cmd:"" help:"Play random cases of a mechanism and look for what the proofs missed."`
	Mutate    mutateCommand    `cmd:"" help:"Break a sound mechanism at random and count how many breaks are caught."`
	Portfolio portfolioCommand `cmd:"" help:"Choose under budgets and quotas: what is worth most, with its proof."`
	Chain     chainCommand     `cmd:"" help:"Industry chains: what is critical in them."`
	Panel     panelCommand     `cmd:"" help:"Panels: assign proposals to experts."`
	Replay    replayCommand    `cmd:"" name:"replay-draw" help:"Draw a panel again from its record, and explain the draw."`
	Match     matchCommand     `cmd:"" help:"Bring needs and achievements together."`
	Figures   figuresCommand   `cmd:"" help:"The figures of a city: the reference figures expected and computed; frozen months checked."`
	Harvest   harvestCommand   `cmd:"" help:"Read what other instances lay open, and keep it beside the register, marked with its source."`
	Bench     benchCommand     `cmd:"" help:"Measure: what docs/benchmarks.md reports."`
	Pack      packCommand      `cmd:"" help:"Another city's pack."`
	Export    exportCommand    `cmd:"" name:"export-pack" help:"Write the embedded pack into a folder, to make a city's own of it."`
	Books     booksCommand     `cmd:"" name:"export-books" help:"Write the whole ledger as a journal for hledger, ledger or beancount."`
	Backup    backupCommand    `cmd:"" help:"Copy an embedded database while it is in use."`
	Link      linkCommand      `cmd:"" help:"Make a one-time link: for the first administrator, or to reset a password."`
	Openapi   openapiCommand   `cmd:"" help:"Print the OpenAPI document."`
	Version   versionCommand   `cmd:"" help:"Print the version."`
}

// env is what a command runs in.
type env struct {
	ctx  context.Context
	out  io.Writer
	err  io.Writer
	lang lang.Tag
}

// say prints one line in the language that was asked for.
func (e *env) say(zh, en string, args ...any) {
	t := lang.T(zh, en)
	fmt.Fprintf(e.out, t.In(e.lang)+"\n", args...)
}

// json prints a value for another program.
func (e *env) json(v any) error {
	enc := json.NewEncoder(e.out)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// errFound ends a command that did its work and found something wrong; what it found is printed already.
var errFound = errors.New("found")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is the whole program but for the process around it, so that tests call it too.
func run(ctx context.Context, args []string, out, errOut io.Writer) int {
	var c commands
	code := -1
	parser, err := kong.New(&c, kong.Name("kechuang"), kong.Writers(out, errOut), kong.UsageOnError(),
		kong.Description("科创 kechuang: a city's innovation policy, as data that a machine has checked."),
		kong.Exit(func(n int) { code = n }))
	if err != nil {
		panic(err) // the command line is wrongly declared
	}
	k, err := parser.Parse(args)
	if code >= 0 { // help was asked for
		return code
	}
	if err != nil {
		fmt.Fprintln(errOut, "kechuang:", err)
		return 2
	}
	e := &env{ctx, out, errOut, c.Lang}
	switch err := k.Run(e); {
	case err == nil:
		return 0
	case errors.Is(err, errFound):
		return 1
	default:
		fmt.Fprintln(errOut, "kechuang:", tell(err, c.Lang))
		return 2
	}
}

// tell is an error as a person reads it: a refusal in their language, anything else as it is.
func tell(err error, l lang.Tag) string {
	list := refusal.Of(err)
	if len(list) == 0 || l == lang.ZH {
		return err.Error()
	}
	s := ""
	for _, r := range list {
		s += r.Text.In(l) + ". " + r.Way.In(l)
	}
	return s
}

type openapiCommand struct{}

// Run prints the document.
func (openapiCommand) Run(e *env) error {
	doc, err := web.OpenAPI(version)
	if err == nil {
		_, err = fmt.Fprintf(e.out, "%s\n", doc)
	}
	return err
}

type versionCommand struct{}

// Run prints the version, and what the binary was built with.
func (versionCommand) Run(e *env) error {
	goVersion := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		goVersion = " " + info.GoVersion
	}
	_, err := fmt.Fprintf(e.out, "kechuang %s%s\n", version, goVersion)
	return err
}

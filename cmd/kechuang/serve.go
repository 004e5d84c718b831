package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"kechuang/internal/broker"
	"kechuang/internal/demo"
	"kechuang/internal/exchange"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/match"
	"kechuang/internal/match/embed"
	"kechuang/internal/policy"
	"kechuang/internal/web"
	"kechuang/ui"
)

type serveCommand struct {
	DB      string   `default:"sqlite:data/kechuang.db" env:"KECHUANG_DB" help:"Database: sqlite:FILE or postgres://…"`
	Addr    string   `default:"127.0.0.1:8080" env:"KECHUANG_ADDR" help:"Address to listen on; port 0 takes a free one."`
	Pack    string   `env:"KECHUANG_PACK" type:"path" help:"Folder of the pack; without it the embedded one."`
	Demo    bool     `help:"Fill an empty database with the reference city and print its accounts. For looking around only."`
	Full    bool     `help:"With --demo: let the city grow to its full size in the background, about a minute's work."`
	Ahead   int      `help:"With --demo: let the city's clock run so many days ahead, to see deadlines pass."`
	Key     string   `env:"KECHUANG_JOURNAL_KEY_FILE" type:"path" help:"File of the journal's signing key; without it beside the database. Made where missing."`
	Base    string   `env:"KECHUANG_BASE" help:"Public address of this site, printed on papers, such as https://kjj.example.gov.cn."`
	TLSCert string   `env:"KECHUANG_TLS_CERT" type:"path" help:"Certificate for HTTPS."`
	TLSKey  string   `env:"KECHUANG_TLS_KEY" type:"path" help:"Its key."`
	Proxied bool     `name:"behind-proxy" env:"KECHUANG_BEHIND_PROXY" help:"A proxy of our own is in front: believe its X-Forwarded-For and -Proto."`
	Embed   string   `name:"embed-url" env:"KECHUANG_EMBED_URL" help:"Embedding endpoint of the city's own, OpenAI-compatible, up to and with /v1: one more signal of the matching. Texts of public offers and of needs are sent to it. Off without it."`
	EmbedAs string   `name:"embed-model" env:"KECHUANG_EMBED_MODEL" help:"Its model."`
	EmbedOf int      `name:"embed-dimension" env:"KECHUANG_EMBED_DIMENSION" default:"1024" help:"The dimension of its vectors; an answer of another is not used."`
	Harvest []string `env:"KECHUANG_HARVEST" sep:"," help:"Addresses of other instances, which are harvested every hour."`
	LogJSON bool     `name:"log-json" env:"KECHUANG_LOG_JSON" help:"Log as JSON."`
	Verbose bool     `short:"v" help:"Log everything."`
}

// How often the loops wake. Sealing: how long a step waits for its proof. Deadlines end at midnight, so a quarter of a minute is soon.
const (
	sealEvery    = time.Second
	rollEvery    = time.Second // what is not rolled up yet is counted fact by fact
	tickEvery    = 15 * time.Second
	sweepEvery   = time.Hour
	harvestEvery = time.Hour        // what is as it was is not read again
	alertEvery   = time.Minute      // needs that wait learn of new offers; it costs nothing while there are none
	importEvery  = 10 * time.Second // the worst wait of an import that another process took in
	grace        = 15 * time.Second // for requests that are under way when the process is asked to end
)

// Run serves until it is told to stop.
func (c *serveCommand) Run(e *env) error {
	c.logging(e)
	files, err := packFiles(c.Pack)
	if err != nil {
		return err
	}
	result := checkPack(files)
	if !result.OK {
		result.print(e)
		e.say("政策包未通过证明，不能启动", "the pack did not pass its proofs; not started")
		return errFound
	}
	pack := result.pack
	o := cityOptions{url: c.DB, key: c.Key, base: c.Base, cost: identity.Strong, pack: pack, files: files}
	if o.key == "" {
		o.key = keyFile(c.DB)
	}
	if c.Demo {
		o.cost = identity.Cheap // the password of its accounts is printed for everybody
	}
	listener, err := c.listen()
	if err != nil {
		return err
	}
	defer listener.Close()
	if o.base == "" {
		o.base = c.address(listener)
	}
	if c.Demo {
		if err := demoAside(e.ctx, o); err != nil {
			return err
		}
	}
	home, err := openCity(e.ctx, o)
	if err != nil {
		return err
	}
	defer home.db.Close()
	home.broker = broker.New(home.db, home.register, home.cases.Seen, c.vectors())
	site := web.Site{Version: version, Demo: c.Demo}
	dist, err := fs.Sub(ui.Dist, "dist")
	if err != nil {
		return err
	}
	if c.Demo {
		if site.Accounts, err = c.furnishDemo(e, home); err != nil {
			return err
		}
		if c.Ahead > 0 {
			home.db.SetClock(func() time.Time { return time.Now().AddDate(0, 0, c.Ahead) })
		}
	}
	home.outside = c.Harvest
	server := web.New(web.Config{Broker: home.broker, DB: home.db, Pack: pack, Proofs: result.proofs(), Cases: home.cases, People: home.people, Register: home.register,
		Ledger: home.ledger, Journal: home.journal, Dossiers: home.dossiers, Dist: dist, Site: site, Growing: home.growing.Load, Now: time.Now, Wake: home.wakeImports, Proxied: c.Proxied})
	go func() {
		if err := server.Warm(e.ctx); err != nil && e.ctx.Err() == nil {
			slog.WarnContext(e.ctx, "the search index is read by the first search instead", "error", err)
		}
	}()
	if err := c.welcome(e, home, c.address(listener), site); err != nil {
		return err
	}
	if c.Demo && c.Full {
		go home.grow(e.ctx)
	}
	return serve(e.ctx, listener, server.Handler(), home)
}

// vectors asks the city's own embedding endpoint, nil where there is none. Its key is only ever in the environment.
func (c *serveCommand) vectors() match.Vectors {
	if c.Embed == "" {
		return nil
	}
	return embed.New(embed.Options{URL: c.Embed, Model: c.EmbedAs, Key: os.Getenv("KECHUANG_EMBED_KEY"), Dimension: c.EmbedOf}).Vectors
}

func (c *serveCommand) logging(e *env) {
	o := &slog.HandlerOptions{Level: slog.LevelInfo}
	if c.Verbose {
		o.Level = slog.LevelDebug
	}
	var h slog.Handler = slog.NewTextHandler(e.err, o)
	if c.LogJSON {
		h = slog.NewJSONHandler(e.err, o)
	}
	slog.SetDefault(slog.New(h))
}

func (c *serveCommand) listen() (net.Listener, error) {
	l, err := net.Listen("tcp", c.Addr)
	if err != nil || c.TLSCert == "" {
		return l, err
	}
	cert, err := tls.LoadX509KeyPair(c.TLSCert, c.TLSKey)
	if err != nil {
		l.Close()
		return nil, err
	}
	return tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}}), nil
}

func (c *serveCommand) address(l net.Listener) string {
	scheme := "http"
	if c.TLSCert != "" {
		scheme = "https"
	}
	return scheme + "://" + l.Addr().String()
}

// demoPrefix begins the name of a folder in which a reference city is built.
const demoPrefix = ".kechuang-demo-"

// demoAside builds the reference city in a file beside the one that is asked for, where that is not there yet, and gives it its name when
// it is complete: whatever breaks the building off, no half of a city is found under the name. Other databases are filled in place.
func demoAside(ctx context.Context, o cityOptions) error {
	name, isFile := strings.CutPrefix(o.url, "sqlite:")
	path, query, _ := strings.Cut(name, "?")
	if !isFile || path == "" || path == ":memory:" {
		return nil
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return nil // the door below says what is wrong with it, if anything
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), demoPrefix+"*"))
	for _, old := range left { // of processes that were killed; building takes seconds
		if info, err := os.Stat(old); err == nil && info.IsDir() && time.Since(info.ModTime()) > time.Hour {
			os.RemoveAll(old)
		}
	}
	dir, err := os.MkdirTemp(filepath.Dir(path), demoPrefix)
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	aside := filepath.Join(dir, "city.db")
	o.url = "sqlite:" + aside + "?" + strings.TrimPrefix(query+"&synchronous=OFF", "&") // what is lost by a power cut has no name yet and is built again
	home, err := openCity(ctx, o)
	if err != nil {
		return err
	}
	began := time.Now()
	_, err = demo.Build(ctx, demo.City{DB: home.db, People: home.people, Register: home.register, Cases: home.cases, Now: time.Now})
	if err := errors.Join(err, home.db.Close()); err != nil { // closing folds the log into the file
		return err
	}
	if err := onDisk(aside); err != nil {
		return err
	}
	slog.Info("reference city built", "ms", time.Since(began).Milliseconds())
	if err := os.Link(aside, path); err != nil && !errors.Is(err, fs.ErrExist) { // another process may have been faster: its city is as good
		return fmt.Errorf("the reference city is built and cannot be put in its place: %w", err)
	}
	return nil
}

// onDisk waits until a file that was written without waiting is on the disk.
func onDisk(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// furnishDemo fills an empty database; one that was filled by it before is used as it is; any other is refused, and so is a half of one.
func (c *serveCommand) furnishDemo(e *env, home *city) ([]web.DemoAccount, error) {
	began := time.Now()
	made, err := demo.Build(e.ctx, demo.City{DB: home.db, People: home.people, Register: home.register, Cases: home.cases, Now: time.Now})
	if err != nil {
		return nil, err
	}
	if made {
		slog.Info("reference city built", "ms", time.Since(began).Milliseconds())
	}
	var list []web.DemoAccount
	for _, a := range demo.Accounts {
		list = append(list, web.DemoAccount{Login: a.Login, Password: demo.Password, Name: a.Name, Does: a.Does})
	}
	return list, nil
}

// welcome prints where the site is and how to get in.
func (c *serveCommand) welcome(e *env, home *city, address string, site web.Site) error {
	e.say("科创 kechuang %s 已启动：%s", "kechuang %s serves at %s", version, address)
	if built, _ := fs.Stat(ui.Dist, "dist/app/index.html"); built == nil {
		e.say("（界面尚未构建，请运行 make run）", "(the interface is not built; run make run)")
	}
	if c.Demo {
		if host, _, _ := net.SplitHostPort(strings.TrimPrefix(strings.TrimPrefix(address, "https://"), "http://")); !net.ParseIP(host).IsLoopback() {
			slog.Warn("the reference city, whose passwords everybody knows, is open to the network", "address", address)
		}
		e.say("参考城市：全部记录为虚构样例。试用账号（密码均为 %s）：", "The reference city: every record is made up. Accounts to try (password %s):", demo.Password)
		for _, a := range site.Accounts {
			fmt.Fprintf(e.out, "  %s  %s  %s\n", padded(a.Login, 10), padded(a.Name, 30), a.Does.In(e.lang))
		}
		return nil
	}
	link, err := home.people.FirstLink(e.ctx)
	if err != nil || link == "" {
		return err
	}
	base := address
	if c.Base != "" {
		base = strings.TrimSuffix(c.Base, "/")
	}
	e.say("系统中还没有账号。请在 24 小时内用这个一次性链接建立首个系统管理员：", "There is no account yet. Make the first administrator behind this one-time link within 24 hours:")
	fmt.Fprintln(e.out, "  "+base+web.SetupPath+link)
	return nil
}

// padded fills a text to a width on the screen, where a Chinese character takes two places.
func padded(s string, width int) string {
	for _, r := range s {
		if width--; r >= 0x1100 {
			width--
		}
	}
	return s + strings.Repeat(" ", max(width, 0))
}

// serve answers until the context ends, then lets what is under way finish. The loops end with it; whatever they had not done is
// done by the next process, because it is all in the database.
func serve(ctx context.Context, l net.Listener, h http.Handler, home *city) error {
	loops, stop := context.WithCancel(ctx)
	defer stop()
	home.work(loops)
	srv := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 5 * time.Minute, WriteTimeout: 10 * time.Minute,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(slog.Default().Handler(), slog.LevelWarn)}
	done := make(chan error, 1)
	go func() { done <- srv.Serve(l) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	slog.Info("stopping")
	end, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	if err := srv.Shutdown(end); err != nil {
		return errors.Join(err, srv.Close())
	}
	_, err := home.journal.Seal(end) // so that the last steps have their proofs too
	return err
}

// work runs the loops.
func (h *city) work(ctx context.Context) {
	report := func(what string) func(error) {
		return func(err error) { slog.ErrorContext(ctx, what, "error", err) }
	}
	go h.journal.Run(ctx, sealEvery, report("seal"))
	go every(ctx, rollEvery, report("figures"), func(ctx context.Context) error {
		anew, err := h.cases.Recount(ctx) // an edition may count otherwise what was there before it
		if anew > 0 {
			slog.InfoContext(ctx, "records were counted anew", "records", anew)
		}
		if err != nil {
			return err
		}
		_, err = h.cases.Book().Roll(ctx, h.db)
		return err
	})
	go every(ctx, tickEvery, report("deadlines"), func(ctx context.Context) error {
		if _, err := h.cases.Current(ctx); err != nil { // an edition may have come in force by the calendar, or through another process
			return err
		}
		_, err := h.cases.Tick(ctx)
		return err
	})
	go every(ctx, sweepEvery, report("sweep"), func(ctx context.Context) error {
		return errors.Join(h.people.Sweep(ctx), h.register.SweepImports(ctx))
	})
	go every(ctx, alertEvery, report("alerts"), func(ctx context.Context) error {
		_, err := h.broker.Alert(ctx, h.cases)
		return err
	})
	if len(h.outside) > 0 {
		go every(ctx, harvestEvery, report("harvest"), h.harvest)
	}
	go h.runImports(ctx, report("import"))
	go h.jobs.Run(ctx, 1)
}

// harvest reads what other instances have laid open since the last time; one that fails does not keep the others.
func (h *city) harvest(ctx context.Context) error {
	var failed error
	reader := &exchange.Harvester{DB: h.db, Now: time.Now}
	for _, u := range h.outside {
		r, err := reader.Harvest(ctx, u)
		for _, why := range r.Refused {
			err = errors.Join(err, fmt.Errorf("refused: %s", why))
		}
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s: %w", u, err))
		}
	}
	return failed
}

// runImports does what waits at imports, one after the other: they share the one writer anyway. It looks when somebody says that
// there is something, and every so often for what another process or a crash left.
func (h *city) runImports(ctx context.Context, report func(error)) {
	tick := time.NewTicker(importEvery)
	defer tick.Stop()
	for {
		ids, err := h.register.Waiting(ctx)
		for _, id := range ids {
			err = errors.Join(err, h.register.RunImport(ctx, id))
		}
		if err != nil && ctx.Err() == nil {
			report(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-h.imports:
		case <-tick.C:
		}
	}
}

// wakeImports never waits: one wake-up that is not yet taken is as good as two.
func (h *city) wakeImports() {
	select {
	case h.imports <- struct{}{}:
	default:
	}
}

// every does something at once and then every so often, until the context ends. An error is reported and the loop goes on.
func every(ctx context.Context, d time.Duration, report func(error), do func(context.Context) error) {
	tick := time.NewTicker(d)
	defer tick.Stop()
	for {
		if err := do(ctx); err != nil && ctx.Err() == nil {
			report(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

type linkCommand struct {
	DB    string `default:"sqlite:data/kechuang.db" env:"KECHUANG_DB" help:"Database: sqlite:FILE or postgres://…"`
	Login string `arg:"" optional:"" help:"Account to make a reset link for; without it the link of the first administrator."`
	Base  string `env:"KECHUANG_BASE" default:"http://127.0.0.1:8080" help:"Public address of the site."`
}

// Run makes a link for whoever runs the program on its machine; it is in the security log like every other.
func (c *linkCommand) Run(e *env) error {
	files, err := packFiles("")
	if err != nil {
		return err
	}
	pack, _ := policy.Load(files)
	home, err := openCity(e.ctx, cityOptions{url: c.DB, key: keyFile(c.DB), cost: identity.Strong, pack: pack, files: files})
	if err != nil {
		return err
	}
	defer home.db.Close()
	var link string
	if c.Login == "" {
		link, err = home.people.FirstLink(e.ctx)
	} else {
		link, err = home.people.OperatorLink(e.ctx, c.Login)
	}
	if err != nil {
		return err
	}
	if link == "" {
		return errors.New(lang.T("已有系统管理员，不再发放首个链接", "there is a system administrator already").In(e.lang))
	}
	fmt.Fprintln(e.out, strings.TrimSuffix(c.Base, "/")+web.SetupPath+link)
	return nil
}

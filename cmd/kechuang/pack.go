package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strings"
	"time"

	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/policy/diag"
	"kechuang/internal/policy/draw"
	"kechuang/internal/policy/prove"
	"kechuang/packs"
)

// packFiles opens a folder, or the embedded pack for "".
func packFiles(dir string) (fs.FS, error) {
	if dir == "" {
		return packs.Shenyang(), nil
	}
	info, err := os.Stat(dir)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("%s is not a folder", dir)
	}
	return packs.Open(os.DirFS(dir)), nil
}

// loadPack opens a folder, or the embedded pack for "", and reads it; what is wrong with it is the error, a diag.List.
func loadPack(dir string) (fs.FS, *policy.Pack, error) {
	files, err := packFiles(dir)
	if err != nil {
		return nil, nil, err
	}
	pack, findings := policy.Load(files)
	if len(findings) > 0 {
		return nil, nil, findings
	}
	return files, pack, nil
}

// pack is loadPack for a command about packs, which prints what is wrong as check does.
func (e *env) pack(dir string) (fs.FS, *policy.Pack, error) {
	files, pack, err := loadPack(dir)
	if findings, wrong := errors.AsType[diag.List](err); wrong {
		printFindings(e, findings)
		err = errFound
	}
	return files, pack, err
}

// checked is a pack with the verdict of every proof.
type checked struct {
	OK         bool          `json:"ok"`
	Pack       string        `json:"pack"`
	Version    string        `json:"version"`
	Digest     string        `json:"digest"`
	Findings   diag.List     `json:"findings"` // of the pack as a whole: what keeps it from being typed
	Mechanisms []checkedMech `json:"mechanisms"`
	Figures    int           `json:"figures"` // whose definitions were checked; what is wrong with them is among the findings
	pack       *policy.Pack  // as it was loaded
	Idle       diag.List     `json:"idle"` // what the pack declares and nothing uses: advice, not a verdict
	Millis     float64       `json:"ms"`
}

type checkedMech struct {
	Name     string          `json:"name"`
	Version  string          `json:"version"`
	Title    lang.Text       `json:"title"`
	OK       bool            `json:"ok"`
	Verdicts []prove.Verdict `json:"verdicts"`
}

// checkPack loads and proves. A pack that is not typed is not proved further: what its words mean is not certain.
func checkPack(files fs.FS) checked {
	began := time.Now()
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // nearly all that is read is kept to the end: collecting it finds little
	pack, findings := policy.Load(files)
	c := checked{OK: len(findings) == 0, Pack: pack.ID, Version: pack.Version, Digest: pack.Digest, Findings: findings, Figures: len(pack.Figures), pack: pack}
	if c.Findings == nil {
		c.Findings = diag.List{}
	}
	var proofs map[string][]prove.Verdict
	if len(findings) == 0 {
		proofs = prove.All(pack)
	}
	for _, m := range pack.Mechanisms {
		cm := checkedMech{Name: m.Name, Version: m.Version, Title: m.Title, OK: len(findings) == 0, Verdicts: proofs[m.Name]}
		if len(findings) > 0 {
			cm.Verdicts = []prove.Verdict{{Proof: prove.Typed, Findings: inFile(findings, m.Pos.File)}}
		}
		for _, v := range cm.Verdicts {
			cm.OK = cm.OK && v.OK
		}
		c.OK = c.OK && cm.OK
		c.Mechanisms = append(c.Mechanisms, cm)
	}
	c.Idle = diag.List{}
	if len(findings) == 0 {
		c.Idle = append(c.Idle, prove.Idle(pack)...)
	}
	c.Millis = float64(time.Since(began).Microseconds()) / 1000
	return c
}

func inFile(list diag.List, file string) diag.List {
	out := diag.List{}
	for _, f := range list {
		if f.File == file {
			out.Add(f)
		}
	}
	return out
}

// proofs is the verdicts by mechanism, as the web shows them.
func (c checked) proofs() map[string][]prove.Verdict {
	m := map[string][]prove.Verdict{}
	for _, x := range c.Mechanisms {
		m[x.Name] = x.Verdicts
	}
	return m
}

type checkCommand struct {
	Dir  string `arg:"" optional:"" help:"Folder of the pack; without it the embedded one."`
	JSON bool   `help:"Print everything as JSON."`
}

// Run prints a verdict for every proof of every mechanism; the exit code is 1 when one fails.
func (c *checkCommand) Run(e *env) error {
	files, err := packFiles(c.Dir)
	if err != nil {
		return err
	}
	result := checkPack(files)
	if c.JSON {
		err = e.json(result)
	} else {
		result.print(e)
	}
	if err == nil && !result.OK {
		err = errFound
	}
	return err
}

// print writes the verdicts for a person.
func (c checked) print(e *env) {
	for _, m := range c.Mechanisms {
		fmt.Fprintf(e.out, "%s  %s %s\n", m.Title.In(e.lang), m.Name, m.Version)
		for _, v := range m.Verdicts {
			mark := map[bool]string{true: "✓", false: "✗"}[v.OK]
			title, means := proofTitle(v.Proof, e.lang)
			fmt.Fprintf(e.out, "  %s %-9s %s — %s\n", mark, v.Proof, title, means)
			if v.Proof != prove.Typed { // those of typed are listed once, below
				printFindings(e, v.Findings)
			}
		}
		if len(m.Verdicts) < len(prove.Proofs) {
			e.say("  · 其余证明未进行：先改正上面类型不符之处", "  · the other proofs were not run: mend what is not typed first")
		}
	}
	printFindings(e, c.Findings)
	if len(c.Idle) > 0 {
		e.say("另外，以下内容没有机制用到（只是提醒）：", "Besides, no mechanism uses these (advice only):")
		printFindings(e, c.Idle)
	}
	proofs, failed := 0, 0
	for _, m := range c.Mechanisms {
		for _, v := range m.Verdicts {
			proofs++
			if !v.OK {
				failed++
			}
		}
	}
	if c.Figures > 0 {
		e.say("%d 个指标的定义已核对", "%d definitions of figures checked", c.Figures)
	}
	if c.OK {
		e.say("%d 个机制，%d 项证明全部通过（%.0f 毫秒）", "%d mechanisms, all %d proofs hold (%.0f ms)", len(c.Mechanisms), proofs, c.Millis)
	} else {
		e.say("%d 个机制，%d 项证明中 %d 项不成立；类型问题 %d 处（%.0f 毫秒）", "%d mechanisms; of %d proofs %d fail; %d findings of type (%.0f ms)",
			len(c.Mechanisms), proofs, failed, len(c.Findings), c.Millis)
	}
}

func printFindings(e *env, list diag.List) {
	for _, f := range list {
		fmt.Fprintln(e.out, "    "+strings.ReplaceAll(f.In(e.lang), "\n", "\n    "))
	}
}

func proofTitle(name string, l lang.Tag) (title, means string) {
	for _, p := range prove.Proofs {
		if p.Name == name {
			return p.Title.In(l), p.Means.In(l)
		}
	}
	return name, ""
}

type drawCommand struct {
	Dir       string `arg:"" help:"Folder of the pack, or - for the embedded one."`
	Mechanism string `arg:"" help:"Name of the mechanism."`
	Part      string `help:"Draw this part only; - is the case alone. Without it the case with all its parts beneath."`
	State     string `help:"Point out this state."`
	Out       string `short:"o" help:"File to write; without it standard output." type:"path"`
}

// Run draws.
func (c *drawCommand) Run(e *env) error {
	if c.Dir == "-" {
		c.Dir = ""
	}
	files, err := packFiles(c.Dir)
	if err != nil {
		return err
	}
	pack, findings := policy.Load(files)
	m := pack.Mechanism(c.Mechanism)
	machine := map[string]string{"": draw.Everything, "-": ""}
	what, ok := machine[c.Part]
	if !ok {
		what = c.Part
	}
	if m == nil || (what != draw.Everything && m.Machine(what) == nil) {
		printFindings(e, findings)
		names := []string{}
		for _, x := range pack.Mechanisms {
			names = append(names, x.Name)
		}
		return fmt.Errorf("no mechanism %q with part %q; there are: %s", c.Mechanism, c.Part, strings.Join(names, ", "))
	}
	svg := draw.SVG(m, what, e.lang, c.State)
	if c.Out != "" {
		return os.WriteFile(c.Out, svg, 0o644)
	}
	_, err = e.out.Write(svg)
	return err
}

type exportCommand struct {
	Dir string `arg:"" help:"Folder to write; it must not exist yet." type:"path"`
}

// Run writes the embedded pack out.
func (c *exportCommand) Run(e *env) error {
	files, err := packs.Files(packs.Shenyang())
	if err != nil {
		return err
	}
	if err = writePack(files, c.Dir); err == nil {
		e.say("已写出 %d 个文件到 %s；改好后用 kechuang check 检查，用 kechuang serve --pack 启用", "%d files written to %s; change them, run kechuang check, then kechuang serve --pack", len(files), c.Dir)
	}
	return err
}

// writePack writes the files of a pack into a folder that is not there yet.
func writePack(files map[string][]byte, dir string) error {
	if _, err := os.Stat(dir); err == nil {
		return fmt.Errorf("%s exists already; nothing was written", dir)
	}
	for name, data := range files {
		to := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(to, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

type packCommand struct {
	New newPackCommand `cmd:"" help:"Write a pack to begin with: one mechanism that works, to be grown from a policy text."`
}

type newPackCommand struct {
	Dir    string `arg:"" help:"Folder to write; it must not exist yet." type:"path"`
	ID     string `help:"Name of the pack, lower-case English; without it the folder's."`
	Title  string `help:"The city, in Chinese, such as 南昌市."`
	City   string `help:"The city in English, such as Nanchang."`
	Region string `help:"Code of the city, GB/T 2260, such as 360100."`
}

var regionCode = regexp.MustCompile(`^[0-9]{6}$`)

var packID = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// Run writes the start of a pack and proves it, so that whoever goes on knows that it held when they began.
func (c *newPackCommand) Run(e *env) error {
	id := cmp.Or(c.ID, filepath.Base(c.Dir))
	if !packID.MatchString(id) {
		return fmt.Errorf("%q is no name of a pack: lower-case English letters, figures and _; say --id", id)
	}
	region := cmp.Or(c.Region, "000000")
	if !regionCode.MatchString(region) {
		return fmt.Errorf("%q is no code of a city: six figures, GB/T 2260, such as 360100", region)
	}
	files, err := packs.Start()
	if err != nil {
		return err
	}
	files["pack.yaml"] = fmt.Appendf(nil, "id: %s\nversion: \"1\"\ntitle: {zh: %q, en: %q}\nregion: %q\nbase: national # 全国通用的部分：节假日、法规出处、技术领域、公示和复核\n", id,
		cmp.Or(c.Title, "我市")+"科技创新政策包", cmp.Or(c.City, "My city")+": innovation policy", region)
	if err := writePack(files, c.Dir); err != nil {
		return err
	}
	if result := checkPack(packs.Open(os.DirFS(c.Dir))); !result.OK {
		result.print(e)
		return errFound
	}
	e.say("已写出 %d 个文件到 %s，八项证明全部通过。从 README.md 读起；每改一处，运行 kechuang check %[2]s", "%d files written to %s, all proofs hold. Begin with README.md; after each change run kechuang check %[2]s", len(files), c.Dir)
	return nil
}

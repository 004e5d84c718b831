package register

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"kechuang/internal/caldate"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
	"kechuang/internal/share"
	"kechuang/internal/store"
)

// ColumnKind is how a cell is read.
type ColumnKind string

// The kinds of columns.
const (
	Text    ColumnKind = "text"    // one line
	Long    ColumnKind = "long"    // several lines
	Code    ColumnKind = "code"    // half width, without blanks; the template keeps it from becoming a number
	Money   ColumnKind = "money"   // in the column's Unit where the cell names none
	Percent ColumnKind = "percent" // 12.5%; a cell that Excel shows in percent is understood
	Date    ColumnKind = "date"
	Integer ColumnKind = "integer"
	Pick    ColumnKind = "pick" // one of Choices, by value or title
	List    ColumnKind = "list" // parted by 、 ; or line breaks
	Flag    ColumnKind = "flag" // 是 or 否; empty is 否
)

// Choice is one of what may be picked.
type Choice struct {
	Value string
	Title string
}

// Column is a column of a sheet.
type Column struct {
	Key      string
	Title    lang.Text
	Also     []string // other headings by which it is known
	Kind     ColumnKind
	Required bool
	Most     int       // characters, 200 where it is 0
	Unit     money.Fen // of a bare number of money, yuan where it is 0
	Choices  []Choice
	Note     lang.Text
	Example  string
	Width    float64 // in characters, 16 where it is 0
}

// Sheet is a table that people fill in Excel. Either Write is set, or Each.
type Sheet struct {
	Kind    string
	Title   lang.Text
	Columns []Column
	// May refuses who may not use the sheet.
	May func(a identity.Actor) error
	// Check looks at one row without writing; the dry run calls it. What a row will do beyond the obvious goes to b.Note.
	Check func(tx *store.Tx, a identity.Actor, row Row, b *Batch) error
	// Write writes one row in the transaction of its chunk. Refusals are messages at the row; their Field is a column's Key.
	Write func(tx *store.Tx, a identity.Actor, row Row) error
	// Each writes one row in transactions of its own. After a crash a row may come again, so it must act once for a Row.Key.
	Each func(ctx context.Context, a identity.Actor, row Row) error
	// Export gives the rows that the actor may see, by column key, written as Format would read them; nil: no export.
	Export func(ctx context.Context, a identity.Actor, query string, yield func(map[string]string) error) error
}

// Row is one row with every cell read.
type Row struct {
	Line   int    // in the file, from 1
	Key    string // the same for the same row of the same import, for idempotency
	values map[string]cell
}

type cell struct {
	text string
	n    int64
	list []string
}

// Text is the cell of a text, code, pick (its value) or date column; "" where it is empty.
func (r Row) Text(key string) string { return r.values[key].text }

// Has tells whether the cell was filled.
func (r Row) Has(key string) bool { _, ok := r.values[key]; return ok }

// Money is the cell of a money column.
func (r Row) Money(key string) money.Fen { return money.Fen(r.values[key].n) }

// Percent is the cell of a percent column.
func (r Row) Percent(key string) share.PPM { return share.PPM(r.values[key].n) }

// Date is the cell of a date column.
func (r Row) Date(key string) caldate.Date { return caldate.Date(r.values[key].text) }

// Integer is the cell of an integer column, and 1 for a flag that is set.
func (r Row) Integer(key string) int64 { return r.values[key].n }

// Flag is the cell of a flag column.
func (r Row) Flag(key string) bool { return r.values[key].n == 1 }

// List is the cell of a list column.
func (r Row) List(key string) []string { return r.values[key].list }

// Batch is what a dry run remembers from row to row of one file.
type Batch struct {
	line  int
	seen  map[string]int
	notes []lang.Text
}

// Seen remembers a value at the present row, and gives the row that had it first: the present one, or an earlier one.
func (b *Batch) Seen(what, value string) int {
	key := what + "\x00" + value
	if line, ok := b.seen[key]; ok {
		return line
	}
	b.seen[key] = b.line
	return b.line
}

// Earlier tells whether an earlier row had the value.
func (b *Batch) Earlier(what, value string) bool {
	line, ok := b.seen[what+"\x00"+value]
	return ok && line < b.line
}

// Note adds a remark to the present row, which is no error.
func (b *Batch) Note(t lang.Text) { b.notes = append(b.notes, t) }

type sheets map[string]*Sheet

// RegisterSheet adds a sheet, at start-up; a sheet that cannot work panics then and there.
func (r *Register) RegisterSheet(s *Sheet) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.addSheet(s)
}

func (r *Register) addSheet(s *Sheet) {
	if r.sheets == nil {
		r.sheets = sheets{}
	}
	keys := map[string]bool{}
	for _, c := range s.Columns {
		if keys[c.Key] || c.Key == "" || c.Title.ZH == "" || (c.Kind == Pick && len(c.Choices) == 0) {
			panic("register: sheet " + s.Kind + ": column " + c.Key)
		}
		keys[c.Key] = true
	}
	if r.sheets[s.Kind] != nil || s.Kind == "" || len(s.Columns) == 0 || s.May == nil || s.Check == nil || (s.Write == nil) == (s.Each == nil) {
		panic("register: sheet " + s.Kind + " is registered twice or lacks a part")
	}
	r.sheets[s.Kind] = s
}

// Sheets lists the sheets that the actor may use, by kind.
func (r *Register) Sheets(a identity.Actor) []*Sheet {
	var list []*Sheet
	r.mu.RLock()
	defer r.mu.RUnlock()
	for _, s := range r.sheets {
		if s.May(a) == nil {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(a, b *Sheet) int { return strings.Compare(a.Kind, b.Kind) })
	return list
}

func (r *Register) sheet(a identity.Actor, kind string) (*Sheet, error) {
	r.mu.RLock()
	s := r.sheets[kind]
	r.mu.RUnlock()
	if s == nil {
		return nil, refusal.New(refusal.NotFound, "register.sheet.none", lang.T("没有这种表格", "There is no such sheet"))
	}
	return s, s.May(a)
}

// column finds the column of a heading.
func (s *Sheet) column(heading string) int {
	h := headingKey(heading)
	return slices.IndexFunc(s.Columns, func(c Column) bool {
		if h == headingKey(c.Title.ZH) || h == headingKey(c.Title.EN) || h == headingKey(c.Key) {
			return h != ""
		}
		return slices.ContainsFunc(c.Also, func(a string) bool { return headingKey(a) == h && h != "" })
	})
}

// headingKey is a heading as it is compared: without blanks, signs such as the star of required columns, and what is in brackets.
func headingKey(s string) string {
	s = norm.NFKC.String(s)
	if i := strings.IndexByte(s, '('); i > 0 {
		s = s[:i]
	}
	return plain(s)
}

// read reads one cell. The refusal's field is the column.
func (c *Column) read(raw string) (v cell, filled bool, no *refusal.Refusal) {
	text := strings.TrimSpace(norm.NFC.String(strings.ReplaceAll(raw, "\r\n", "\n")))
	bad := func(zh, en string) *refusal.Refusal {
		return refusal.New(refusal.Invalid, "register.cell", lang.T(c.Title.ZH+"："+zh, c.Title.EN+": "+en)).At(c.Key)
	}
	if text == "" {
		if c.Required {
			return v, false, bad("请填写", "must be filled")
		}
		return v, false, nil
	}
	most := c.Most
	if most == 0 {
		most = maxText
	}
	if n := utf8.RuneCountInString(text); n > most {
		return v, true, bad(fmt.Sprintf("最多 %d 个字，现为 %d 个", most, n), fmt.Sprintf("at most %d characters, this has %d", most, n))
	}
	if looksLikeFormula(text) {
		return v, true, bad("不能填写公式；请复制后“只粘贴值”", "formulas are not taken; paste values only")
	}
	if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool {
		return r == utf8.RuneError || (unicode.IsControl(r) && (r != '\n' && r != '\t' || c.Kind != Long && c.Kind != List))
	}) {
		return v, true, bad("含换行、乱码或不可见字符", "there are line breaks, broken or invisible characters")
	}
	v, err := c.value(text)
	if err != nil {
		if no, ok := errors.AsType[*refusal.Refusal](err); ok {
			return v, true, bad(no.Text.ZH, no.Text.EN)
		}
		return v, true, bad(err.Error(), "“"+clipText(text, 40)+"” cannot be read as "+string(c.Kind))
	}
	return v, true, nil
}

// value reads what was filled by the column's kind. Its errors are Chinese sentences, or refusals where there is an English one.
func (c *Column) value(text string) (v cell, err error) {
	cannot := func(zh, en string) error { return refusal.New(refusal.Invalid, "register.cell", lang.T(zh, en)) }
	v.text = text
	switch c.Kind {
	case Code:
		v.text = strings.Join(strings.Fields(norm.NFKC.String(text)), "")
		if lostDigits.MatchString(v.text) {
			return v, cannot("此单元格被存成数字，末尾几位已丢失；请先把该列设为“文本”，再重新填写", "the cell was kept as a number and lost its last digits; make the column text and enter it again")
		}
	case Money:
		var f money.Fen
		f, err = money.Parse(withUnit(decimal(text), c.Unit))
		v.n = int64(f)
	case Percent:
		var p share.PPM
		p, err = share.Parse(norm.NFKC.String(text))
		v.n = int64(p)
	case Date:
		var d caldate.Date
		d, err = caldate.Parse(fromSerial(text))
		v.text = string(d)
	case Integer:
		v.n, err = integer(text)
	case Pick:
		at := slices.IndexFunc(c.Choices, func(o Choice) bool { return o.Value == text || headingKey(o.Title) == headingKey(text) })
		if at < 0 {
			return v, cannot(fmt.Sprintf("“%s”不在可选范围内：%s", clipText(text, 20), titles(c.Choices)), "not one of the choices: "+titles(c.Choices))
		}
		v.text = c.Choices[at].Value
	case List:
		v.list = tidy(strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、;；\n", r) }))
	case Flag:
		switch strings.ToLower(norm.NFKC.String(text)) {
		case "是", "y", "yes", "1", "true", "√":
			v.n = 1
		case "否", "n", "no", "0", "false", "×":
		default:
			return v, cannot("请填写“是”或“否”", "yes or no")
		}
	}
	return v, err
}

// lostDigits is how a long code reads after Excel took it for a number.
var lostDigits = regexp.MustCompile(`^[0-9]+(\.[0-9]+)?E\+[0-9]+$`)

func titles(choices []Choice) string {
	var t []string
	for _, c := range choices {
		t = append(t, c.Title)
		if len(t) == 12 && len(choices) > 12 {
			return strings.Join(t, "、") + " 等"
		}
	}
	return strings.Join(t, "、")
}

func clipText(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}

// withUnit adds the column's unit to a number that names none.
func withUnit(text string, unit money.Fen) string {
	name := map[money.Fen]string{money.Wan: "万元", money.Yi: "亿元"}[unit]
	if name != "" && strings.Trim(norm.NFKC.String(text), "0123456789.,- ") == "" {
		return text + name
	}
	return text
}

// decimal writes a number as Excel stores it — binary, so 1234.56 may be stored as 1234.5599999999999 or 1.2E+7 — as what it shows:
// fifteen significant digits. What has at most six decimals was typed, and stays as it is to the last digit.
func decimal(text string) string {
	digits := strings.Count(text, "") // a cheap bound before big numbers are made of it
	if digits > 40 || strings.Trim(text, "0123456789.eE+-") != "" {
		return text
	}
	mantissa, exponent, hasExp := strings.Cut(strings.ToLower(text), "e")
	significant := len(strings.TrimLeft(strings.ReplaceAll(strings.TrimLeft(mantissa, "+-"), ".", ""), "0"))
	_, decimals, _ := strings.Cut(mantissa, ".")
	if !hasExp && (significant <= 15 || len(decimals) <= 6) {
		return text
	}
	if len(strings.TrimLeft(exponent, "+-0")) > 2 {
		return text
	}
	f, _, err := big.ParseFloat(text, 10, 200, big.ToNearestEven)
	if err != nil {
		return text
	}
	short, ok := new(big.Rat).SetString(f.Text('e', 14)) // one digit before the point and fourteen after
	if !ok {
		return text
	}
	s := short.FloatString(20)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

func integer(text string) (int64, error) {
	s := strings.TrimSuffix(strings.ReplaceAll(decimal(norm.NFKC.String(text)), ",", ""), ".0")
	n, ok := new(big.Int).SetString(s, 10)
	if !ok || !n.IsInt64() || len(s) > 19 {
		return 0, fmt.Errorf("“%s”不是整数", clipText(text, 20))
	}
	return n.Int64(), nil
}

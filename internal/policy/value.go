package policy

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/width"

	"kechuang/internal/caldate"
	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/share"
)

// million is the scale of a Decimal.
const million = 1_000_000

// badValue is why a text is not a value of its type, in both languages, and how to write it.
type badValue struct{ zh, hint lang.Text }

func bad(zh, en, hintZH, hintEN string) *badValue {
	return &badValue{lang.T(zh, en), lang.T(hintZH, hintEN)}
}

// parseValue reads what a person or a definition wrote as a value of the type: full-width digits and thousands separators are
// understood, rounding is never done.
func parseValue(t Type, raw string) (Value, *badValue) {
	s := strings.TrimSpace(raw)
	switch t {
	case TextType, ChoiceType, PartyType, RefType, NodeType, RecordType, CaseType:
		return s, nil
	case FlagType:
		switch s {
		case "true", "是":
			return true, nil
		case "false", "否":
			return false, nil
		}
		return nil, bad("“"+s+"”不是“是”或“否”", "“"+s+"” is neither true nor false", "请填 true 或 false", "write true or false")
	case CountType, DaysType, WorkdaysType, MonthsType:
		if v, ok := period(s); ok && typeOf(v) == t { // written with its unit
			return v, nil
		}
		n, err := strconv.ParseInt(digits(s), 10, 64)
		if err != nil || n > 1e15 || n < -1e15 {
			if t != CountType {
				return nil, bad("“"+s+"”不是"+typeWord(t).ZH, "“"+s+"” is not a number of "+typeWord(t).EN, "只写整数，单位由 type 说明（days 日、workdays 工作日、months 月）", "write a whole number; the unit is said by type: days, workdays or months")
			}
			return nil, bad("“"+s+"”不是整数", "“"+s+"” is not a whole number", "请填整数，例如 15", "write a whole number such as 15")
		}
		return fromInt(t, n), nil
	case NumberType:
		d, err := ParseDecimal(s)
		if err != nil {
			return nil, bad(err.Error(), "“"+s+"” is not a number with at most six decimals", "例如 99.99", "such as 99.99")
		}
		return d, nil
	case MoneyType:
		f, err := money.Parse(s)
		if err != nil {
			return nil, bad(err.Error(), "“"+s+"” is not an amount of money in whole fen up to 100 trillion yuan", "例如 800万元 或 8000000.00", "such as 800万元 or 8000000.00")
		}
		return f, nil
	case ShareType:
		p, err := share.Parse(s)
		if err != nil {
			return nil, bad(err.Error(), "“"+s+"” is not a percentage", "例如 20%", "such as 20%")
		}
		return p, nil
	case DateType:
		d, err := caldate.Parse(s)
		if err != nil {
			return nil, bad(err.Error(), "“"+s+"” is not a date", "例如 2025-06-30", "such as 2025-06-30")
		}
		return d, nil
	}
	return nil, bad("不能写成值的类型“"+string(t)+"”", "no value of type “"+string(t)+"” can be written here",
		"可用：text, flag, count, number, money, share, date, days, workdays, months", "one of: text, flag, count, number, money, share, date, days, workdays, months")
}

// digits narrows full-width characters and drops thousands separators.
func digits(s string) string {
	return strings.NewReplacer(",", "", " ", "").Replace(width.Narrow.String(s))
}

// ParseDecimal reads "99.99", "-40", "１２.５"; more than six decimals are refused, never rounded.
func ParseDecimal(s string) (Decimal, error) {
	t := digits(s)
	neg := false
	if rest, ok := strings.CutPrefix(t, "-"); ok {
		t, neg = rest, true
	}
	whole, frac, dot := strings.Cut(t, ".")
	frac = strings.TrimRight(frac, "0")
	if whole == "" || strings.Trim(whole+frac, "0123456789") != "" || (dot && strings.HasSuffix(t, ".")) {
		return 0, fmt.Errorf("“%s”不是数字", s)
	}
	if len(frac) > 6 {
		return 0, fmt.Errorf("“%s”超过六位小数", s)
	}
	n, err := strconv.ParseInt(whole+(frac + "000000")[:6], 10, 64)
	if err != nil || n > 1e18 {
		return 0, fmt.Errorf("“%s”超出可填写的范围", s)
	}
	if neg {
		n = -n
	}
	return Decimal(n), nil
}

// String writes the decimal without needless zeros.
func (d Decimal) String() string {
	n, sign := int64(d), ""
	if n < 0 {
		n, sign = -n, "-"
	}
	s := fmt.Sprintf("%s%d.%06d", sign, n/million, n%million)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// fromInt makes a value of a numeric type from its own whole units: fen, ppm, millionths, days since 1970.
func fromInt(t Type, n int64) Value {
	switch t {
	case NumberType:
		return Decimal(n)
	case MoneyType:
		return money.Fen(n)
	case ShareType:
		return share.PPM(n)
	case DaysType:
		return Days(n)
	case WorkdaysType:
		return Workdays(n)
	case MonthsType:
		return Months(n)
	case DateType:
		return dateOf(n)
	}
	return n
}

// toInt is the value in its type's own whole units; ok is false for what is not numeric.
func toInt(v Value) (n int64, ok bool) {
	switch x := v.(type) {
	case int64:
		return x, true
	case Decimal:
		return int64(x), true
	case money.Fen:
		return int64(x), true
	case share.PPM:
		return int64(x), true
	case Days:
		return int64(x), true
	case Workdays:
		return int64(x), true
	case Months:
		return int64(x), true
	case caldate.Date:
		if x == "" {
			return 0, false
		}
		return dayNumber(x), true
	}
	return 0, false
}

// period tells whether values of the type are a time that passes, and longest how much of it a deadline may be: about a hundred years.
func (t Type) period() bool { return t == DaysType || t == WorkdaysType || t == MonthsType }

func (t Type) longest() int64 {
	if t == MonthsType {
		return 1200
	}
	return 36500
}

// dayNumber counts days from 1970-01-01, which is day 0; Compare conditions over dates use it.
func dayNumber(d caldate.Date) int64 {
	return d.Start().Add(8*3600*1e9).Unix() / 86400
}

func dateOf(n int64) caldate.Date { return caldate.Date("1970-01-01").AddDays(int(n)) }

// zero is what an optional field that is empty reads as; nil for types that have no such value.
func zero(t Type) Value {
	switch t {
	case TextType, ChoiceType, PartyType, RefType, NodeType, RecordType, CaseType:
		return ""
	case FlagType:
		return false
	case CountType, NumberType, MoneyType, ShareType, DaysType, WorkdaysType, MonthsType:
		return fromInt(t, 0)
	case RowsType:
		return []Values{}
	}
	return nil
}

// typeOf is the type of a value as Go holds it; a string is text.
func typeOf(v Value) Type {
	switch v.(type) {
	case string:
		return TextType
	case bool:
		return FlagType
	case int64:
		return CountType
	case Decimal:
		return NumberType
	case money.Fen:
		return MoneyType
	case share.PPM:
		return ShareType
	case caldate.Date:
		return DateType
	case Days:
		return DaysType
	case Workdays:
		return WorkdaysType
	case Months:
		return MonthsType
	case Document:
		return DocumentType
	case []Values:
		return RowsType
	}
	return ""
}

// typeWord is a type as a sentence names it.
func typeWord(t Type) lang.Text {
	switch t {
	case TextType:
		return lang.T("文字", "text")
	case ChoiceType:
		return lang.T("选项", "choice")
	case FlagType:
		return lang.T("是否", "yes or no")
	case CountType:
		return lang.T("个数", "count")
	case NumberType:
		return lang.T("数值", "number")
	case MoneyType:
		return lang.T("金额", "money")
	case ShareType:
		return lang.T("比例", "share")
	case DateType:
		return lang.T("日期", "date")
	case DaysType:
		return lang.T("日数", "days")
	case WorkdaysType:
		return lang.T("工作日数", "working days")
	case MonthsType:
		return lang.T("月数", "months")
	case PartyType:
		return lang.T("主体", "party")
	case RefType:
		return lang.T("代码", "code")
	case NodeType:
		return lang.T("产业链图谱节点", "node of the chain map")
	case CaseType:
		return lang.T("事项", "case")
	case RecordType:
		return lang.T("登记库中的一项", "record of the register")
	case DocumentType:
		return lang.T("文件", "document")
	case RowsType:
		return lang.T("明细", "rows")
	}
	return lang.T("“"+string(t)+"”", "“"+string(t)+"”")
}

// Show writes a value for a person, in both languages.
func Show(v Value) lang.Text {
	switch x := v.(type) {
	case nil:
		return lang.T("（未填）", "(empty)")
	case bool:
		if x {
			return lang.T("是", "yes")
		}
		return lang.T("否", "no")
	case money.Fen:
		return lang.T(x.String(), yuanEN(x))
	case share.PPM:
		s := strings.ReplaceAll(x.String(), " ", "") // as officers write it
		return lang.T(s, s)
	case Days:
		return lang.T(fmt.Sprintf("%d日", x), fmt.Sprintf("%d days", x))
	case Workdays:
		return lang.T(fmt.Sprintf("%d个工作日", x), fmt.Sprintf("%d working days", x))
	case Months:
		return lang.T(fmt.Sprintf("%d个月", x), fmt.Sprintf("%d months", x))
	case Document:
		return lang.T("《"+x.Name+"》", "“"+x.Name+"”")
	case []Values:
		return lang.T(fmt.Sprintf("%d 行", len(x)), fmt.Sprintf("%d rows", len(x)))
	}
	return lang.T(fmt.Sprint(v), fmt.Sprint(v))
}

// yuanEN writes an amount with thousands separators: "8,000,000.50 yuan".
func yuanEN(f money.Fen) string {
	whole, frac, dot := strings.Cut(f.In(money.Yuan, 2), ".")
	sign := ""
	if rest, ok := strings.CutPrefix(whole, "-"); ok {
		whole, sign = rest, "-"
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if dot {
		whole += "." + frac
	}
	return sign + whole + " yuan"
}

// Units is a numeric value in its type's own whole units (fen, ppm, millionths, days since 1970), and 0 for any other.
func Units(v Value) int64 {
	n, _ := toInt(v)
	return n
}

// OfUnits is the value of a numeric type from its own whole units.
func OfUnits(t Type, n int64) Value { return fromInt(t, n) }

package ident

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"golang.org/x/text/width"

	"kechuang/internal/lang"
)

// Scheme is one way in which the State, or an office, numbers things. A field that says identifier: NAME holds such a number.
type Scheme struct {
	Name    string
	Title   lang.Text
	Example string
	// Private numbers belong to one person: register.SeenBy hides them, and no form or export has them.
	Private bool
	// Check says in Chinese what is wrong with a number that Normal has made tidy.
	Check func(string) error
}

// Schemes lists the schemes in the order in which they are told.
var Schemes = []Scheme{
	{Name: "uscc", Title: lang.T("统一社会信用代码", "Unified social credit code"), Example: "91330100799655058B", Check: CheckUSCC},
	{Name: "resident", Title: lang.T("公民身份号码", "Citizen's identity number"), Example: "11010519491231002X", Private: true, Check: CheckResident},
	{Name: "patent_cn", Title: lang.T("中国专利号", "Chinese patent number"), Example: "201710601862.3", Check: CheckPatent},
	{Name: "tech_contract", Title: lang.T("技术合同登记编号", "Technology contract registration number"), Example: "2025210102000018", Check: CheckTechContract},
	{Name: "software", Title: lang.T("软件著作权登记号", "Software copyright registration number"), Example: "2024SR0123456", Check: matching("软件著作权登记号", `^20\d\dSR\d{6,7}$`, "2024SR0123456")},
	{Name: "layout_design", Title: lang.T("集成电路布图设计登记号", "Layout design registration number"), Example: "BS.245012345", Check: matching("布图设计登记号", `^BS\.\d{9}$`, "BS.245012345")},
	{Name: "plant_variety", Title: lang.T("植物新品种权号", "Plant variety right number"), Example: "CNA20191000123", Check: matching("植物新品种权号", `^CNA\d{8}(\d{3})?(\.\d)?$`, "CNA20191000123")},
	{Name: "org_code", Title: lang.T("组织机构代码", "Organisation code"), Example: "40000062-4", Check: CheckOrgCode},
	{Name: "tech_report", Title: lang.T("科技报告编号", "Science report number"), Example: "400000624--2023YFB4700100/01", Check: CheckTechReport},
	{Name: "orcid", Title: lang.T("研究者识别码（ORCID）", "ORCID iD"), Example: "0000-0002-1825-0097", Check: CheckORCID},
	{Name: "region", Title: lang.T("行政区划代码", "Administrative division code"), Example: "210112", Check: matching("行政区划代码", `^[1-9]\d{5}$`, "210112")},
}

// Named finds a scheme.
func Named(name string) (Scheme, bool) {
	for _, s := range Schemes {
		if s.Name == name {
			return s, true
		}
	}
	return Scheme{}, false
}

// Normal makes a number tidy: half-width, upper case, without blanks; a patent's ZL or CN before the number goes, for the number is
// the same before and after the grant.
func (s Scheme) Normal(text string) string {
	n := strings.ToUpper(strings.Join(strings.Fields(width.Narrow.String(text)), ""))
	if s.Name == "patent_cn" {
		n = strings.TrimPrefix(strings.TrimPrefix(n, "ZL"), "CN")
		if len(n) == 13 || len(n) == 9 { // written without its point
			n = n[:len(n)-1] + "." + n[len(n)-1:]
		}
	}
	return n
}

// CheckOrgCode checks an organisation code by GB 11714-1997: eight digits or letters, a hyphen, and 11 less the weighted sum mod 11.
func CheckOrgCode(n string) error {
	body, check, ok := strings.Cut(n, "-")
	if !ok || len(body) != 8 || len(check) != 1 || strings.Trim(body, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return fmt.Errorf("组织机构代码“%s”应为 8 位数字或者大写字母、连字符和 1 位校验码，如 40000062-4", n)
	}
	sum := 0
	for i, w := range []int{3, 7, 9, 10, 5, 8, 4, 2} {
		v := int(body[i] - '0')
		if body[i] >= 'A' {
			v = int(body[i]-'A') + 10
		}
		sum += v * w
	}
	if want := string("0123456789X"[(11-sum%11)%11]); check != want {
		return fmt.Errorf("组织机构代码“%s”的校验码不符：应为 %s，现为 %s", n, want, check)
	}
	return nil
}

// CheckResident checks a citizen's identity number by GB 11643-1999: division, day of birth, serial, and a check character by
// ISO 7064 MOD 11-2.
func CheckResident(n string) error {
	if len(n) != 18 || strings.Trim(n[:17], "0123456789") != "" || n[0] == '0' {
		return errors.New("公民身份号码应为 18 位：17 位数字和 1 位校验码")
	}
	if born, err := time.Parse("20060102", n[6:14]); err != nil || born.Year() < 1800 {
		return errors.New("公民身份号码第 7 至 14 位不是日期")
	}
	sum := 0
	for _, d := range n[:17] {
		sum = (sum + int(d-'0')) * 2
	}
	if n[17] != "0123456789X"[(12-sum%11)%11] {
		return errors.New("公民身份号码的校验码不符，请核对")
	}
	return nil
}

// Hide keeps the first three and the last two places of a private number, so that whoever has it can tell that it is the one.
func Hide(n string) string {
	if r := []rune(n); len(r) > 8 {
		return string(r[:3]) + strings.Repeat("*", len(r)-5) + string(r[len(r)-2:])
	}
	return strings.Repeat("*", len([]rune(n)))
}

// CheckTechReport checks the number of a science and technology report: the unit's organisation code of nine places, two hyphens, the
// number of its project, a slash, the serial, and a mark of how open it is where there is one.
func CheckTechReport(n string) error {
	unit, rest, ok := strings.Cut(n, "--")
	project, serial, also := strings.Cut(rest, "/")
	if !ok || !also || project == "" || !reportSerial.MatchString(serial) || len(unit) != 9 {
		return fmt.Errorf("科技报告编号“%s”应为组织机构代码、两个连字符、项目编号、斜线和序号，如 400000624--2023YFB4700100/01", n)
	}
	return CheckOrgCode(unit[:8] + "-" + unit[8:])
}

var reportSerial = regexp.MustCompile(`^\d{2}[A-Z]?$`)

// CheckORCID checks an ORCID iD: sixteen places in fours, the last by ISO 7064 MOD 11-2.
func CheckORCID(n string) error {
	digits := strings.ReplaceAll(n, "-", "")
	if len(n) != 19 || len(digits) != 16 || n[4] != '-' || n[9] != '-' || n[14] != '-' || strings.Trim(digits[:15], "0123456789") != "" {
		return fmt.Errorf("研究者识别码“%s”应为 16 位、四位一组，如 0000-0002-1825-0097", n)
	}
	sum := 0
	for _, d := range digits[:15] {
		sum = (sum + int(d-'0')) * 2
	}
	if want := string("0123456789X"[(12-sum%11)%11]); digits[15:] != want {
		return fmt.Errorf("研究者识别码“%s”的校验码不符：应为 %s，现为 %s", n, want, digits[15:])
	}
	return nil
}

// CheckPatent checks a Chinese application or patent number by ZC 0006-2003: year, kind (1, 8 invention, 2, 9 utility model, 3 design),
// serial, point, check digit. Twelve digits since October 2003, eight before.
func CheckPatent(n string) error {
	body, check, ok := strings.Cut(n, ".")
	if !ok || (len(body) != 12 && len(body) != 8) || len(check) != 1 || strings.Trim(body, "0123456789") != "" {
		return fmt.Errorf("专利号“%s”应为 12 位（2003 年 10 月前为 8 位）数字、小数点和 1 位校验码，如 201710601862.3", n)
	}
	kind := body[len(body)-8:][0]
	if len(body) == 8 {
		kind = body[2]
	}
	if !strings.ContainsRune("12389", rune(kind)) {
		return fmt.Errorf("专利号“%s”中表示种类的一位应为 1、2、3、8、9", n)
	}
	if want := patentCheck(body); check != want {
		return fmt.Errorf("专利号“%s”的校验码不符：应为 %s，现为 %s", n, want, check)
	}
	return nil
}

// PatentWithCheck completes a number without its check digit; it is how made-up numbers are made.
func PatentWithCheck(body string) string { return body + "." + patentCheck(body) }

func patentCheck(body string) string {
	sum := 0
	for i, r := range body {
		sum += int(r-'0') * (2 + i%8) // 2 to 9, then 2 to 5
	}
	if sum%11 == 10 {
		return "X"
	}
	return string(rune('0' + sum%11))
}

// CheckTechContract checks the number that a registration office gives a technology contract: 14 digits in the model contract (year,
// province, city, office, serial), 16 in the edition with a year of four digits. There is no check digit.
func CheckTechContract(n string) error {
	if (len(n) != 14 && len(n) != 16) || strings.Trim(n, "0123456789") != "" {
		return fmt.Errorf("技术合同登记编号“%s”应为 14 位或 16 位数字", n)
	}
	return nil
}

func matching(title, pattern, example string) func(string) error {
	re := regexp.MustCompile(pattern)
	return func(n string) error {
		if re.MatchString(n) {
			return nil
		}
		return fmt.Errorf("“%s”不是%s，应写作 %s", n, title, example)
	}
}

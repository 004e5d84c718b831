package conflict

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"kechuang/internal/caldate"
	"kechuang/internal/match/text"
)

// A CV in prose tells of posts (现任、曾任、2010—2015 年在…工作), of teachers (师从…、导师：…), kin (配偶…), shares and advice. Where somebody
// studied, gave a talk or whose prize they won is no post. What cannot be read is left out: a CV only adds to what is known.

// life is what a CV tells.
type life struct {
	posts  []Post
	claims []claim
}

// claim is a tie that a CV tells of, with somebody or with a unit.
type claim struct {
	kind  Kind
	with  Mention // of a person; with a unit, only Org
	quote string
}

// claimed is a claim of somebody.
type claimed struct {
	person int
	claim
}

const hanName = `([\p{Han}]{2,4}?|[\p{Han}]{1,8}·[\p{Han}]{1,8}?)`

var (
	sentenceEnds = regexp.MustCompile(`[。;!\n\r]+`)
	teacherSaid  = regexp.MustCompile(`(?:师从于?|师承|导师(?:为|是|系)?:?|指导教师(?:为|是)?:?)` + hanName + `(?:教授|研究员|院士|副教授|先生|老师|博士|,|\)|、|和|与|$)`)
	studentSaid  = regexp.MustCompile(`(?:指导|培养)(?:的|过)?(?:博士后|博士生|硕士生|研究生|博士|硕士)(?:有|为|包括|:)?` + hanName + `(?:,|、|等|\)|$)`)
	kinSaid      = regexp.MustCompile(`(?:配偶|妻子|丈夫|爱人|父亲|母亲|儿子|女儿|[其之](?:父|母|妻|夫|子|女|兄|弟|姐|妹)|哥哥|弟弟|姐姐|妹妹|岳父|岳母)(?:为|是|系|:)?` + hanName + `(?:,|\(|在|任|现|就职|供职|系|为|$)`)
	sharesSaid   = regexp.MustCompile(`持有|持股|股东|创办|创始人|合伙人|实际控制人|法定代表人|独立董事|董事长|董事|监事`)
	adviceSaid   = regexp.MustCompile(`顾问|咨询专家|咨询委员`)
	noPost       = regexp.MustCompile(`毕业|就读|攻读|读博|学位|本科|进修|访学|访问学者|讲学|应邀|应用于|合作单位|获奖|奖$|一等奖|二等奖|三等奖|师从|师承|评审|受邀`)
	span         = regexp.MustCompile(`(\d{4})(?:[年./](\d{1,2}))?[月年]?(?:\d{1,2}日)?(?:起?(?:-|—|–|~|―|至|到)+(?:(\d{4})(?:[年./](\d{1,2}))?[月年]?|今|现在)|起|以来)`)
	present      = regexp.MustCompile(`现任|现为|现在|兼任|至今|目前|同时任|[至—–-]今`)
	past         = regexp.MustCompile(`曾任|历任|曾在|曾为|先后|原任`)
	leads        = regexp.MustCompile(`^(?:现任职于|现任|现为|现在|现|目前|曾任|曾在|曾为|曾|历任|先后|原任|兼任|兼|并|同时|任职于|就职于|供职于|工作于|担任|受聘为|受聘担任|受聘于|受聘|聘为|被聘为|进入|加入|调入|至今|系|持有|参与|联合|创办|投资|在|于|任|为|是|起|担任|月|年|日|[\d.\-—–~:()])+`)
	titles       = regexp.MustCompile(`教授|副教授|讲师|助教|研究员|副研究员|助理研究员|高级工程师|工程师|研究生|博士后|院长|副院长|所长|副所长|主任|副主任|校长|处长|部长|总经理|副总经理|经理|董事|监事|技术顾问|顾问|首席|总工|工作|任职|担任|获|攻读|股东|的?股份|\d+(?:\.\d+)?%|并持股|兼|任|的?法定代表人|创始人`)
	unitLike     = regexp.MustCompile(`大学|学院|研究所|研究院|公司|集团|医院|中心|实验室|厂|设计院|局|所|院`)
)

// readBiography reads a CV.
func readBiography(cv string, o *orgs) (l life) {
	if cv == "" {
		return l
	}
	for _, line := range sentenceEnds.Split(strings.ReplaceAll(cv, "；", "。"), -1) {
		if s := tight(line); s != "" {
			l.sentence(s, o)
		}
	}
	return l
}

// tight is a sentence folded, without spaces between characters and without the 任 of 有限责任公司, which is no office.
func tight(line string) string {
	s := []rune(text.Fold(line))
	var b strings.Builder
	for i, r := range s {
		if r == ' ' && (i == 0 || i+1 == len(s) || !(s[i-1] < 0x80 && s[i+1] < 0x80)) {
			continue
		}
		b.WriteRune(r)
	}
	return strings.NewReplacer("有限责任公司", "有限公司", "，", ",", "（", "(", "）", ")", "：", ":").Replace(b.String())
}

func (l *life) sentence(s string, o *orgs) {
	unit, found := "", false
	if m := kinSaid.FindStringSubmatchIndex(s); m != nil {
		unit, _ = unitIn(s[m[3]:], o)
		l.claims = append(l.claims, claim{Kinship, Mention{Name: s[m[2]:m[3]], Org: unit}, s})
		return
	}
	for kind, said := range map[string]*regexp.Regexp{"teacher": teacherSaid, "student": studentSaid} {
		if m := said.FindStringSubmatchIndex(s); m != nil {
			if kind == "teacher" {
				unit, _ = unitIn(s[:m[0]], o)
			}
			l.claims = append(l.claims, claim{Supervisor, Mention{Name: s[m[2]:m[3]], Org: unit}, s})
		}
	}
	var from, to caldate.Date
	now, then := false, false // whether what was said before the unit is of today, or of the past
	for _, c := range strings.Split(s, ",") {
		if m := span.FindStringSubmatch(c); m != nil {
			from, to = monthOf(m[1], m[2], false), monthOf(m[3], m[4], true)
			now, then = to == "", to != ""
		}
		now, then = now || present.MatchString(c), then || past.MatchString(c)
		if noPost.MatchString(c) && !strings.Contains(c, "博士生导师") {
			continue
		}
		if unit, found = unitIn(c, o); !found {
			continue
		}
		if _, known := o.find(unit); !known && isBare(orgKey(unit)) { // the unit comes after it
			continue
		}
		switch {
		case adviceSaid.MatchString(c):
			l.claims = append(l.claims, claim{Advice, Mention{Org: unit}, s})
		case sharesSaid.MatchString(c):
			l.claims = append(l.claims, claim{Shareholding, Mention{Org: unit}, s})
		case now && (!then || present.MatchString(c)):
			l.posts = append(l.posts, Post{Org: unit, From: from})
		case then && to != "":
			l.posts = append(l.posts, Post{Org: unit, From: from, To: to, month: true})
		case then:
			l.posts = append(l.posts, Post{Org: unit, To: longAgo})
		}
		from, to, now, then = "", "", false, false
	}
}

// longAgo ends a post of which only is told that it is over.
const longAgo caldate.Date = "0001-01-01"

// monthOf is the first day of a month or year, or the last.
func monthOf(year, month string, last bool) caldate.Date {
	if year < "1900" || year > "2200" { // none, or no year
		return ""
	}
	m := 1
	if fmt.Sscanf(month, "%d", &m); month == "" && last {
		m = 12
	}
	if m < 1 || m > 12 {
		m = 1
	}
	d := caldate.Date(fmt.Sprintf("%s-%02d-01", year, m))
	if last {
		return d.AddMonths(1).AddDays(-1)
	}
	return d
}

// unitIn is the unit that a piece of a sentence names: what stands between the verb and the title, if it is a unit that is known or sounds like one.
func unitIn(s string, o *orgs) (string, bool) {
	s = span.ReplaceAllString(s, "")
	if i := strings.IndexAny(s, "在于为到"); i > 0 && i < 24 && !unitLike.MatchString(s[:i]) {
		s = s[i:]
	}
	s = leads.ReplaceAllString(s, "")
	ends := []int{len(s)}
	for _, m := range titles.FindAllStringIndex(s, -1) {
		ends = append(ends, m[0])
	}
	slices.Sort(ends)
	for _, end := range ends {
		name := strings.Trim(s[:end], "()·、: ")
		if len([]rune(name)) < 2 {
			continue
		}
		if _, ok := o.find(name); ok {
			return name, true
		}
		if unitLike.MatchString(name) && len([]rune(name)) <= 30 {
			return name, true
		}
	}
	return "", false
}

package web

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"kechuang/internal/chain"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/register"
)

// A chain map as officers keep it in Excel: a sheet of nodes, one of relations, one of supplies.
var (
	nodeSheet = &register.Sheet{Kind: "nodes", Title: lang.T("节点", "Nodes"), Columns: []register.Column{
		{Key: "id", Title: lang.T("编号", "ID"), Also: []string{"节点编号"}, Kind: register.Text, Required: true, Example: "bellows", Note: lang.T("全市图谱中唯一，字母、数字或者名称", "Unique among all maps")},
		{Key: "zh", Title: lang.T("名称", "Name"), Also: []string{"节点名称", "中文名称"}, Kind: register.Text, Required: true, Example: "金属波纹管", Width: 28},
		{Key: "en", Title: lang.T("英文名称", "Name in English"), Kind: register.Text, Example: "Metal bellows", Width: 28},
		{Key: "kind", Title: lang.T("类别", "Kind"), Kind: register.Pick, Required: true, Example: "产品", Choices: []register.Choice{{Value: string(chain.Segment), Title: "环节"}, {Value: string(chain.Product), Title: "产品"}, {Value: string(chain.Technology), Title: "技术"}}},
		{Key: "class", Title: lang.T("产品类型", "Class"), Kind: register.Pick, Example: "部件", Choices: []register.Choice{{Value: "whole", Title: "整机"}, {Value: "part", Title: "部件"}, {Value: "accessory", Title: "附件"}}},
		{Key: "chains", Title: lang.T("产业链", "Chains"), Also: []string{"所属产业链"}, Kind: register.List, Required: true, Example: "C02、C09", Width: 20, Note: lang.T("代码或者名称，多条用、分开", "Codes or titles, parted by 、")},
		{Key: "stage", Title: lang.T("位置", "Stage"), Kind: register.Text, Example: "上游", Note: lang.T("上游、中游、下游，或者自定的名称", "上游, 中游, 下游 or a name of one's own")},
		{Key: "trl", Title: lang.T("技术成熟度", "Readiness"), Kind: register.Integer, Example: "7", Note: lang.T("GB/T 22900 的 1 至 9 级", "1 to 9, GB/T 22900")},
		{Key: "target", Title: lang.T("目标成熟度", "Readiness wanted"), Kind: register.Integer, Example: "9"},
		{Key: "final", Title: lang.T("终端产品", "Final"), Kind: register.Flag, Example: "否"},
		{Key: "public", Title: lang.T("公开", "Public"), Kind: register.Flag, Example: "是"},
		{Key: "note", Title: lang.T("备注", "Note"), Kind: register.Long, Most: 500, Width: 30},
	}}
	edgeSheet = &register.Sheet{Kind: "edges", Title: lang.T("关系", "Relations"), Columns: []register.Column{
		{Key: "from", Title: lang.T("起点", "From"), Kind: register.Text, Required: true, Example: "bellows", Width: 24, Note: lang.T("节点的编号或者名称", "ID or name of a node")},
		{Key: "is", Title: lang.T("关系", "Relation"), Kind: register.Pick, Required: true, Example: "供给", Choices: []register.Choice{{Value: string(chain.GoesInto), Title: "供给"}, {Value: string(chain.KindOf), Title: "是一种"}, {Value: string(chain.PartOf), Title: "属于"}, {Value: string(chain.Substitutes), Title: "可替代"}, {Value: string(chain.ResearchedBy), Title: "由其研究"}},
			Note: lang.T("“起点 供给 终点”：终点离不开起点", "“From goes into To”: To needs From")},
		{Key: "to", Title: lang.T("终点", "To"), Kind: register.Text, Required: true, Example: "valve", Width: 24, Note: lang.T("节点的编号或者名称；“由其研究”时填单位名称", "ID or name of a node; a party where it works on From")},
		{Key: "weight", Title: lang.T("权重", "Weight"), Kind: register.Integer},
		{Key: "source", Title: lang.T("依据", "Source"), Kind: register.Text, Example: "企业调研", Width: 30},
		{Key: "public", Title: lang.T("公开", "Public"), Kind: register.Flag, Example: "是"},
	}}
	supplySheet = &register.Sheet{Kind: "supplies", Title: lang.T("供应", "Supplies"), Columns: []register.Column{
		{Key: "node", Title: lang.T("节点", "Node"), Kind: register.Text, Required: true, Example: "bellows", Width: 24, Note: lang.T("节点的编号或者名称", "ID or name of a node")},
		{Key: "country", Title: lang.T("国家", "Country"), Also: []string{"国别"}, Kind: register.Code, Required: true, Example: "CHN", Note: lang.T("GB/T 2659 三位字母代码，如 CHN、JPN、DEU", "Three letters, ISO 3166")},
		{Key: "firm", Title: lang.T("企业", "Firm"), Kind: register.Text, Width: 28, Note: lang.T("空着表示该国合计", "Empty: the country as a whole")},
		{Key: "share", Title: lang.T("份额", "Share"), Kind: register.Percent, Example: "60%", Note: lang.T("占全球供应的份额，不知道的空着", "Of the world's supply; empty where it is not known")},
		{Key: "minor", Title: lang.T("份额可忽略", "Minor"), Kind: register.Flag, Example: "否"},
		{Key: "source", Title: lang.T("依据", "Source"), Kind: register.Text, Example: "海关统计", Width: 30},
	}}
	chainSheets = []*register.Sheet{nodeSheet, edgeSheet, supplySheet}
)

// writeChainBook writes a map as a workbook; of an empty map the template with its examples.
func writeChainBook(w io.Writer, m chain.Map) error {
	rows := map[string][]map[string]string{}
	for _, n := range m.Nodes {
		rows["nodes"] = append(rows["nodes"], map[string]string{"id": n.ID, "zh": n.Name.ZH, "en": n.Name.EN, "kind": picked(nodeSheet, "kind", string(n.Kind)), "class": picked(nodeSheet, "class", n.Class),
			"chains": strings.Join(n.Chains, "、"), "stage": n.Stage, "trl": unlessZero(int64(n.TRL)), "target": unlessZero(int64(n.Target)), "final": yes(n.Final), "public": yes(n.Public), "note": n.Note})
	}
	for _, e := range m.Edges {
		rows["edges"] = append(rows["edges"], map[string]string{"from": e.From, "is": picked(edgeSheet, "is", string(e.Is)), "to": e.To, "weight": unlessZero(e.Weight), "source": e.Source, "public": yes(e.Public)})
	}
	for _, s := range m.Supplies {
		part := ""
		if s.PPM != nil {
			part = strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%d.%04d", *s.PPM/10_000, *s.PPM%10_000), "0"), ".") + "%"
		}
		rows["supplies"] = append(rows["supplies"], map[string]string{"node": s.Node, "country": s.Country, "firm": s.Firm, "share": part, "minor": yes(s.Minor), "source": s.Source})
	}
	return register.WriteBook(w, chainSheets, rows)
}

func unlessZero(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

func yes(is bool) string {
	if is {
		return "是"
	}
	return ""
}

// picked is the title of a choice of a column.
func picked(s *register.Sheet, key, value string) string {
	for _, c := range s.Columns {
		for _, o := range c.Choices {
			if c.Key == key && o.Value == value {
				return o.Title
			}
		}
	}
	return value
}

// readChainBook reads a workbook into a map. Relations and supplies may name their nodes, of the workbook or of the map that is there, by
// identifier or by name; chains by code or title. Everything that is wrong is said at once, each by sheet, row and column.
func readChainBook(data []byte, there chain.Map, p *policy.Pack) (m chain.Map, err error) {
	list, err := register.ReadBook(data, chainSheets)
	if err != nil {
		return m, err
	}
	b := &chainBook{pack: p, known: map[string][]string{}}
	for _, n := range there.Nodes {
		b.learn(n)
	}
	for _, f := range list { // nodes come first
		for _, row := range f.Rows {
			switch f.Sheet {
			case nodeSheet:
				b.node(f, row)
			case edgeSheet:
				b.edge(f, row)
			case supplySheet:
				b.supply(f, row)
			}
		}
	}
	return b.m, b.bad[:min(len(b.bad), 100)].Err()
}

type chainBook struct {
	m     chain.Map
	pack  *policy.Pack
	known map[string][]string // what a node may be called → identifiers
	bad   refusal.List
}

func (b *chainBook) learn(n chain.Node) {
	for _, name := range []string{n.ID, n.Name.ZH} {
		if name != "" && !slices.Contains(b.known[name], n.ID) {
			b.known[name] = append(b.known[name], n.ID)
		}
	}
}

func (b *chainBook) wrong(f *register.Found, row register.Row, key, zh, en string) {
	b.bad.Add(f.Misread(row.Line, key, lang.T(zh, en)))
}

func (b *chainBook) node(f *register.Found, row register.Row) {
	n := chain.Node{ID: row.Text("id"), Name: lang.T(row.Text("zh"), row.Text("en")), Kind: chain.Kind(row.Text("kind")), Class: row.Text("class"), Stage: row.Text("stage"),
		TRL: int(row.Integer("trl")), Target: int(row.Integer("target")), Final: row.Flag("final"), Public: row.Flag("public"), Note: row.Text("note")}
	if slices.ContainsFunc(b.m.Nodes, func(x chain.Node) bool { return x.ID == n.ID }) {
		b.wrong(f, row, "id", "编号“"+n.ID+"”在表中出现了两次；一个节点属于几条产业链时写一行，在“产业链”列写明", "“"+n.ID+"” is there twice; a node of several chains is one row that names them")
		return
	}
	for key, level := range map[string]int{"trl": n.TRL, "target": n.Target} {
		if row.Has(key) && (level < 1 || level > 9) {
			b.wrong(f, row, key, "技术成熟度应为 1 到 9 级", "readiness is 1 to 9")
		}
	}
	for _, text := range row.List("chains") {
		code := chainCode(b.pack, text)
		if code == "" {
			b.wrong(f, row, "chains", "没有产业链“"+text+"”", "there is no chain “"+text+"”")
		}
		n.Chains = append(n.Chains, code)
	}
	b.m.Nodes = append(b.m.Nodes, n)
	b.learn(n)
}

// chainCode finds a chain by its code or title.
func chainCode(p *policy.Pack, text string) string {
	if t := p.Taxonomies["chains"]; t != nil {
		for _, c := range t.Codes {
			if strings.EqualFold(c.Code, text) || c.Title.ZH == text || strings.EqualFold(c.Title.EN, text) {
				return c.Code
			}
		}
	}
	return ""
}

// called is the identifier of the node that a cell names.
func (b *chainBook) called(f *register.Found, row register.Row, key string) string {
	text := row.Text(key)
	ids := b.known[text]
	switch {
	case slices.Contains(ids, text):
		return text
	case len(ids) == 1:
		return ids[0]
	case len(ids) > 1:
		b.wrong(f, row, key, "有几个节点叫“"+text+"”，请改填编号："+strings.Join(ids, "、"), "several nodes are called “"+text+"”; give the ID: "+strings.Join(ids, ", "))
	default:
		b.wrong(f, row, key, "“节点”表和图谱中都没有“"+text+"”", "neither the sheet of nodes nor the map has “"+text+"”")
	}
	return text
}

func (b *chainBook) edge(f *register.Found, row register.Row) {
	e := chain.Edge{From: b.called(f, row, "from"), To: row.Text("to"), Is: chain.Relation(row.Text("is")), Weight: row.Integer("weight"), Source: row.Text("source"), Public: row.Flag("public")}
	if e.Is != chain.ResearchedBy {
		e.To = b.called(f, row, "to")
	}
	b.m.Edges = append(b.m.Edges, e)
}

func (b *chainBook) supply(f *register.Found, row register.Row) {
	s := chain.Supply{Node: b.called(f, row, "node"), Firm: row.Text("firm"), Country: strings.ToUpper(row.Text("country")), Minor: row.Flag("minor"), Source: row.Text("source")}
	if len(s.Country) != 3 {
		b.wrong(f, row, "country", "国家应为三位字母代码，如 CHN、JPN", "a country is three letters, as CHN")
	}
	if row.Has("share") {
		ppm := int64(row.Percent("share"))
		if ppm < 0 || ppm > 1_000_000 {
			b.wrong(f, row, "share", "份额应在 0 到 100% 之间", "a share is 0 to 100%")
		}
		s.PPM = &ppm
	}
	b.m.Supplies = append(b.m.Supplies, s)
}

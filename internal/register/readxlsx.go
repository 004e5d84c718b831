package register

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math/big"
	"path"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"kechuang/internal/lang"
)

// openBook opens a workbook that checkParts let through. excelize keeps parts beyond UnzipXMLSizeLimit in temporary files.
func openBook(data []byte) (f *excelize.File, err error) {
	defer broken(&err)
	f, err = excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true, UnzipSizeLimit: maxInflated, UnzipXMLSizeLimit: 64 << 20})
	if err != nil {
		if f != nil {
			f.Close()
		}
		return nil, errBroken()
	}
	return f, nil
}

func errBroken() error {
	return errFile("broken", "文件不完整或已损坏，无法读取", "The file is incomplete or damaged").
		Mend(lang.T("请用 Excel 打开、另存后重新上传", "Open and save it in Excel, and upload it again"))
}

// broken turns a panic of the library on a malformed workbook into a refusal.
func broken(err *error) {
	if recover() != nil {
		*err = errBroken()
	}
}

// place is a cell: row in the upper, column in the lower half, both from 1.
type place uint64

func placeOf(row, column int) place { return place(row)<<32 | place(column) }

// xlsxSource reads one sheet of a workbook as a stream.
type xlsxSource struct {
	rows *excelize.Rows
	scan *sheetScan
	line int
	seen int // rows that had a cell
}

// openSheet begins to read a sheet. Its XML is first run over as bytes, which is fast and holds nothing: for formulas, for cells in
// percent, and so that a sheet of a million columns or rows is refused before a row of it is built.
func openSheet(f *excelize.File, data []byte, sheet string) (s *xlsxSource, err error) {
	defer broken(&err)
	part, err := sheetPart(data, sheet)
	if err != nil {
		return nil, err
	}
	scan, err := scanPart(part, func(style int) bool { return isPercent(f, style) }, 1<<21)
	if err != nil {
		return nil, err
	}
	rows, err := f.Rows(sheet)
	if err != nil {
		return nil, errBroken()
	}
	return &xlsxSource{rows: rows, scan: scan}, nil
}

func (s *xlsxSource) next() (line int, cells []string, err error) {
	defer broken(&err)
	for s.rows.Next() {
		s.line++
		cells, err := s.rows.Columns()
		if err != nil {
			return 0, nil, errBroken()
		}
		if len(cells) > 0 {
			s.seen++
			return s.line, cells, nil
		}
	}
	// the library ends without a word where the XML breaks off; the rows that the scan saw tell
	if s.rows.Error() != nil || s.line < s.scan.lastFilled {
		return 0, nil, errBroken()
	}
	return 0, nil, io.EOF
}

func (s *xlsxSource) formula(line, column int) bool { return s.scan.formulas[placeOf(line, column)] }
func (s *xlsxSource) percent(line, column int) bool { return s.scan.percents[placeOf(line, column)] }
func (s *xlsxSource) close()                        { s.rows.Close() }

func isPercent(f *excelize.File, style int) bool {
	st, err := f.GetStyle(style)
	if err != nil {
		return false
	}
	return st.NumFmt == 9 || st.NumFmt == 10 || (st.CustomNumFmt != nil && strings.Contains(*st.CustomNumFmt, "%"))
}

// inPercent writes a number as percent, exactly: 0.065 is 6.5%.
func inPercent(text string) string {
	if len(text) > 40 {
		return text
	}
	r, ok := new(big.Rat).SetString(decimal(text))
	if !ok || strings.ContainsAny(text, "/xXpP") {
		return text
	}
	s := r.Mul(r, big.NewRat(100, 1)).FloatString(10)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".") + "%"
}

// sheetPart finds the part of a sheet by the workbook's own list.
func sheetPart(data []byte, sheet string) (*zip.File, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, errBroken()
	}
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			Rel  string `xml:"id,attr"` // r:id, in whichever namespace the edition writes it
		} `xml:"sheets>sheet"`
	}
	var rels struct {
		List []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if readPart(z, "xl/workbook.xml", &book) != nil || readPart(z, "xl/_rels/workbook.xml.rels", &rels) != nil {
		return nil, errBroken()
	}
	for _, s := range book.Sheets {
		for _, r := range rels.List {
			if s.Name == sheet && r.ID == s.Rel {
				target := strings.ReplaceAll(r.Target, "\\", "/")
				if !strings.HasPrefix(target, "/") {
					target = path.Join("/xl", target)
				}
				if f := find(z, strings.TrimPrefix(target, "/")); f != nil {
					return f, nil
				}
			}
		}
	}
	return nil, errBroken()
}

func find(z *zip.Reader, name string) *zip.File {
	for _, f := range z.File {
		if strings.EqualFold(strings.ReplaceAll(f.Name, "\\", "/"), name) {
			return f
		}
	}
	return nil
}

func readPart(z *zip.Reader, name string, into any) error {
	f := find(z, name)
	if f == nil {
		return errBroken()
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	return xml.NewDecoder(io.LimitReader(r, maxPart)).Decode(into)
}

// sheetScan is what the first run over a sheet's XML finds.
type sheetScan struct {
	formulas   map[place]bool
	percents   map[place]bool
	rows       int // rows with cells
	lastFilled int // the last row with a value

	row, column, counted int // where the scan is, and the last row that was counted
	percent              func(style int) bool
	styles               map[int]bool // what percent said
}

// scanPart reads tags only: <row r>, <c r s>, <f>, <v> and <is>; down to the row until.
func scanPart(part *zip.File, percent func(style int) bool, until int) (*sheetScan, error) {
	r, err := part.Open()
	if err != nil {
		return nil, errBroken()
	}
	defer r.Close()
	b := bufio.NewReaderSize(r, 64<<10)
	s := &sheetScan{formulas: map[place]bool{}, percents: map[place]bool{}, percent: percent, styles: map[int]bool{}}
	for {
		if err := discardTo(b, '<'); errors.Is(err, io.EOF) {
			return s, nil
		} else if err != nil {
			return nil, errBroken()
		}
		tag, err := b.ReadSlice('>')
		if err != nil { // a tag of more than 64 kB, or the end inside one
			return nil, errBroken()
		}
		switch string(tagName(tag)) {
		case "row":
			s.row, s.column = s.row+1, 0
			if n, err := strconv.Atoi(attribute(tag, " r=")); err == nil {
				s.row = n
			}
			if s.row > until {
				return s, nil
			}
		case "c":
			if err := s.cell(tag); err != nil {
				return nil, err
			}
		case "f":
			s.formulas[placeOf(s.row, s.column)] = true
			s.lastFilled = max(s.lastFilled, s.row)
		case "v", "is":
			s.lastFilled = max(s.lastFilled, s.row)
		}
	}
}

// cell goes on to a cell, and refuses one that is too far right or down.
func (s *sheetScan) cell(tag []byte) error {
	s.column++
	if n, _, err := excelize.CellNameToCoordinates(attribute(tag, " r=")); err == nil {
		s.column = n
	}
	if s.row != s.counted {
		s.counted = s.row
		s.rows++
	}
	if s.column > maxColumns {
		return errFile("columns", fmt.Sprintf("表格超过 %d 列，请使用下载的模板", maxColumns), fmt.Sprintf("The sheet has more than %d columns; use the template", maxColumns))
	}
	if s.row > 1<<20 || s.rows > MaxRows+50 {
		return errTooLarge(fmt.Sprintf("表格超过 %d 行", MaxRows), fmt.Sprintf("The sheet has more than %d rows", MaxRows)).
			Mend(lang.T("请分成几个文件，并删除末尾的空行", "Split it, and delete empty rows at the end"))
	}
	if style, err := strconv.Atoi(attribute(tag, " s=")); err == nil && style > 0 {
		is, known := s.styles[style]
		if !known {
			is = s.percent(style)
			s.styles[style] = is
		}
		if is {
			s.percents[placeOf(s.row, s.column)] = true
		}
	}
	return nil
}

func discardTo(b *bufio.Reader, c byte) error {
	for {
		_, err := b.ReadSlice(c)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

// tagName is the name of an opening tag without its prefix; a closing tag has none.
func tagName(tag []byte) []byte {
	name := tag
	if i := bytes.IndexAny(tag, " \t\r\n/>"); i >= 0 {
		name = tag[:i]
	}
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		name = name[i+1:]
	}
	return name
}

// attribute gives the value after key, which ends in an equals sign.
func attribute(tag []byte, key string) string {
	_, rest, ok := bytes.Cut(tag, []byte(key))
	if !ok || len(rest) < 2 {
		return ""
	}
	value, _, _ := bytes.Cut(rest[1:], rest[:1])
	return string(value)
}

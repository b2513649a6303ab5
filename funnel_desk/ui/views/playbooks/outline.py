"""The outline of a pipeline: its page, stages with steps, objections, reasons, noted changes, the archived."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QDropEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QTreeWidget, QTreeWidgetItem

from funnel_desk.i18n import _
from funnel_desk.ui.look import Look

_KEY = Qt.ItemDataRole.UserRole
_NODE = Qt.ItemDataRole.UserRole + 1
_ROW = 26
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}


@dataclass(frozen=True, slots=True)
class Node:
    """One line: what it is (`kind`), its row, its words, a note at the right, an icon, and what belongs to it.

    ``side`` keeps stages apart; only lines of one kind and side change places.
    """

    kind: str
    row: str
    text: str
    note: str = ""
    icon: str = ""
    side: str = ""
    inner: tuple["Node", ...] = ()

    @property
    def key(self) -> str:
        """What tells the line again after a refresh."""
        return f"{self.kind}:{self.row}"


class Outline(QTreeWidget):
    """`chosen` tells the node that is selected now; `moved` kind, row and before which row (or "") it should stand.

    `entered` by Enter or F2, `put_away` by Delete, `added` by Insert. Alt+Up and Alt+Down move what is selected.
    """

    chosen = Signal(object)
    moved = Signal(str, str, str)
    entered = Signal()
    put_away = Signal()
    added = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._nodes: tuple[Node, ...] = ()
        self._filling = False
        self.setObjectName("playbooks.outline")
        self.setAccessibleName(_("Stages and steps"))
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setIndentation(16)
        self.setUniformRowHeights(True)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(self._changed)
        look.changed.connect(self._dress)

    def show_nodes(self, nodes: Sequence[Node]) -> None:
        """Show these lines; what was selected and what was folded stays so."""
        nodes = tuple(nodes)
        if nodes == self._nodes:
            return
        chosen, place = self.chosen_key(), self._place()
        same = _keys(nodes) == _keys(self._nodes)
        self._filling = True
        if same:
            self._write_again(nodes)
        else:
            folded = {item.data(0, _KEY) for item in self._items() if item.childCount() and not item.isExpanded()}
            self.clear()
            for node in nodes:
                self._add(node, self)
            for item in self._items():
                item.setExpanded(item.data(0, _KEY) not in folded and item.data(0, _NODE).kind != "archived")
        self._nodes = nodes
        self._filling = False
        self._dress()
        if not same and not self.choose(chosen) and (items := self._items()):
            self.setCurrentItem(items[min(place, len(items) - 1)])
        else:
            self._changed(self.currentItem())

    def choose(self, key: str) -> bool:
        """Select the line with this key; False if it is not there."""
        for item in self._items():
            if item.data(0, _KEY) == key:
                self.setCurrentItem(item)
                self.scrollToItem(item)
                return True
        return False

    def chosen_key(self) -> str:
        """The key of the selected line; empty if there is none."""
        item = self.currentItem()
        return str(item.data(0, _KEY)) if item is not None else ""

    def chosen_node(self) -> Node | None:
        """The selected line."""
        item = self.currentItem()
        found = item.data(0, _NODE) if item is not None else None
        return found if isinstance(found, Node) else None

    def stage_of_chosen(self) -> str:
        """The stage that is selected, or that of the selected step; empty elsewhere."""
        item = self.currentItem()
        while item is not None:
            node = item.data(0, _NODE)
            if isinstance(node, Node) and node.kind == "stage":
                return node.row
            item = item.parent()
        return ""

    def move_chosen(self, by: int) -> None:
        """Move what is selected up or down by one among its like."""
        item = self.currentItem()
        node = self.chosen_node()
        if item is None or node is None or node.kind not in _MOVABLE:
            return
        like = self._like(item)
        place = [one.row for one in like].index(node.row)
        target = place + by
        if not 0 <= target < len(like):
            return
        if like[target].side != node.side:
            before = like[target].row  # the operation says why not
        elif by < 0:
            before = like[target].row
        else:
            after = like[target + 1] if target + 1 < len(like) else None
            before = after.row if after is not None and after.side == node.side else ""
        self.moved.emit(node.kind, node.row, before)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        key = event.key()
        if alt and key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.move_chosen(-1 if key == Qt.Key.Key_Up else 1)
        elif key in _ENTER:
            self.entered.emit()
        elif key == Qt.Key.Key_Delete:
            self.put_away.emit()
        elif key == Qt.Key.Key_Insert:
            self.added.emit()
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell where it was dropped; the lines themselves move when the news comes."""
        self.drop_at(event.position().toPoint())
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()

    def drop_at(self, point: QPoint) -> None:
        """Put what is dragged where the pointer is: in the upper half of a line before it, else after it."""
        item, target = self.currentItem(), self.itemAt(point)
        node = self.chosen_node()
        if item is None or target is None or node is None or node.kind not in _MOVABLE:
            return
        inside_first = node.kind == "step" and target.data(0, _NODE).kind == "stage"
        while target is not None and target.data(0, _NODE).kind != node.kind and not inside_first:
            target = target.parent()
        if target is None:
            return
        if inside_first:
            if (first := target.child(0)) is not None:
                self.moved.emit(node.kind, node.row, first.data(0, _NODE).row)
            return
        aim: Node = target.data(0, _NODE)
        like = self._like(target)
        place = [one.row for one in like].index(aim.row)
        upper = point.y() < self.visualItemRect(target).center().y()
        after = like[place + 1] if place + 1 < len(like) else None
        if upper or aim.side != node.side:
            before = aim.row
        else:
            before = after.row if after is not None and after.side == node.side else ""
        if node.row not in {before, aim.row}:
            self.moved.emit(node.kind, node.row, before)

    def _like(self, item: QTreeWidgetItem) -> list[Node]:
        """The lines among which one changes places."""
        parent = item.parent() or self.invisibleRootItem()
        kind = item.data(0, _NODE).kind
        found = [parent.child(place) for place in range(parent.childCount())]
        nodes: list[Node] = [one.data(0, _NODE) for one in found if one is not None]
        return [node for node in nodes if node.kind == kind]

    def _items(self) -> list[QTreeWidgetItem]:
        found: list[QTreeWidgetItem] = []
        waiting = [self.topLevelItem(place) for place in range(self.topLevelItemCount())]
        while waiting:
            item = waiting.pop(0)
            if item is not None:
                found.append(item)
                waiting[:0] = [item.child(place) for place in range(item.childCount())]
        return found

    def _place(self) -> int:
        items = self._items()
        item = self.currentItem()
        return items.index(item) if item in items else 0

    def _add(self, node: Node, parent: "QTreeWidget | QTreeWidgetItem") -> None:
        item = QTreeWidgetItem(parent)
        self._write(item, node)
        for inner in node.inner:
            self._add(inner, item)

    def _write(self, item: QTreeWidgetItem, node: Node) -> None:
        item.setData(0, _KEY, node.key)
        item.setData(0, _NODE, node)
        item.setText(0, node.text)
        item.setText(1, node.note)
        item.setToolTip(0, node.text)
        item.setSizeHint(0, QSize(40, _ROW))
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDropEnabled
        item.setFlags(flags | Qt.ItemFlag.ItemIsDragEnabled if node.kind in _MOVABLE else flags)

    def _write_again(self, nodes: Sequence[Node]) -> None:
        flat: list[Node] = []
        waiting = list(nodes)
        while waiting:
            node = waiting.pop(0)
            flat.append(node)
            waiting[:0] = node.inner
        for item, node in zip(self._items(), flat, strict=True):
            if item.data(0, _NODE) != node:
                self._write(item, node)

    def _dress(self) -> None:
        look = self._look
        for item in self._items():
            node: Node = item.data(0, _NODE)
            item.setIcon(0, look.icon(node.icon, "dim")) if node.icon else None
            item.setFont(0, look.font("bold" if node.kind in {"stage", "pipeline"} or node.inner else "body"))
            item.setForeground(1, QBrush(look.colour("dim")))
            item.setFont(1, look.font("small_figures"))

    def _changed(self, current: QTreeWidgetItem | None, _before: object = None) -> None:
        if not self._filling and current is not None:
            self.chosen.emit(current.data(0, _NODE))

    def drawRow(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().drawRow(painter, option, index)
        if index == self.currentIndex() and self.hasFocus():
            painter.setPen(self._look.colour("accent"))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))


_MOVABLE = frozenset({"stage", "step", "objection", "reason"})


def _keys(nodes: Sequence[Node]) -> list[object]:
    return [(node.key, _keys(node.inner)) for node in nodes]

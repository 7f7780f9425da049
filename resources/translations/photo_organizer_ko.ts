<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en_US">
<context>
    <name>AbsentFolders</name>
    <message numerus="yes">
        <source>These folders are not there: {}. Connect their drive; until then, what is known of their photos is shown.</source>
        <translation>
            <numerusform>다음 폴더가 없습니다: {}. 드라이브를 연결하세요. 그때까지 이미 알고 있는 사진 정보를 보여 줍니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
</context>
<context>
    <name>ActivityLine</name>
    <message>
        <source>Progress</source>
        <translation>진행률</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Stop it; what is done so far is kept</source>
        <translation>중지합니다. 지금까지 한 일은 그대로 있습니다</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Paused: {}</source>
        <translation>일시 정지됨: {}</translation>
    </message>
    <message>
        <source>Stop: {}</source>
        <translation>중지: {}</translation>
    </message>
    <message>
        <source>{done:,} of {total:,}</source>
        <translation>{done:,}/{total:,}</translation>
    </message>
</context>
<context>
    <name>AnalysisRun</name>
    <message>
        <source>The analysis ended early.</source>
        <translation>분석이 일찍 끝났습니다.</translation>
    </message>
    <message>
        <source>Stopped: {}. What was found so far is kept.</source>
        <translation>멈춤: {}. 지금까지 찾은 것은 그대로 남아 있습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos are analysed.</source>
        <translation>
            <numerusform>사진 %Ln장을 분석했습니다.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ApartDelegate</name>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>사진 %Ln장</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BulkMarking</name>
    <message>
        <source>Mark all down to</source>
        <translation>여기까지 모두 표시</translation>
    </message>
    <message>
        <source>Mark all above this strength: what is called “{}”, and what is surer</source>
        <translation>이 정도 이상을 모두 표시합니다: “{}”(으)로 표시된 사진과 그보다 확실한 사진</translation>
    </message>
    <message numerus="yes">
        <source>{0}: mark %Ln photos</source>
        <translation>
            <numerusform>{0}: 사진 %Ln장에 휴지통 표시</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mark %Ln photos</source>
        <translation>
            <numerusform>사진 %Ln장에 휴지통 표시</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln are marked</source>
        <translation>
            <numerusform>%Ln장 표시됨</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing to mark here</source>
        <translation>표시할 사진이 없습니다</translation>
    </message>
    <message>
        <source>Mark for the trash</source>
        <translation>휴지통 표시</translation>
    </message>
    <message>
        <source>Mark them for the trash; nothing is moved before you clean up</source>
        <translation>휴지통 표시를 합니다. 정리하기 전에는 아무것도 옮기지 않습니다</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos are marked for the trash.</source>
        <translation>
            <numerusform>사진 %Ln장에 휴지통 표시를 했습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Left out: {}</source>
        <translation>그대로 둠: {}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln in protected folders</source>
        <translation>
            <numerusform>보호된 폴더 %Ln장</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln with stars</source>
        <translation>
            <numerusform>별점 있는 사진 %Ln장</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln that you called fine</source>
        <translation>
            <numerusform>괜찮다고 한 사진 %Ln장</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln that you kept</source>
        <translation>
            <numerusform>보관하기로 한 사진 %Ln장</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CategoriesView</name>
    <message>
        <source>Categories</source>
        <translation>카테고리</translation>
    </message>
    <message>
        <source>All categories</source>
        <translation>모든 카테고리</translation>
    </message>
    <message>
        <source>Edit categories</source>
        <translation>카테고리 편집</translation>
    </message>
    <message>
        <source>Edit this category…</source>
        <translation>이 카테고리 편집…</translation>
    </message>
    <message>
        <source>Hide this category</source>
        <translation>이 카테고리 숨기기</translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>모든 사진</translation>
    </message>
</context>
<context>
    <name>CategoryCards</name>
    <message>
        <source>All categories</source>
        <translation>모든 카테고리</translation>
    </message>
</context>
<context>
    <name>CategoryCommands</name>
    <message>
        <source>All categories</source>
        <translation>모든 카테고리</translation>
    </message>
    <message>
        <source>All categories at a glance, with covers</source>
        <translation>모든 카테고리를 표지와 함께 한눈에 봅니다</translation>
    </message>
    <message>
        <source>Edit categories…</source>
        <translation>카테고리 편집…</translation>
    </message>
    <message>
        <source>Names, keywords and order; add your own</source>
        <translation>이름, 키워드, 순서를 바꾸고 새 카테고리를 더합니다</translation>
    </message>
    <message>
        <source>Move to category…</source>
        <translation>카테고리로 옮기기…</translation>
    </message>
    <message>
        <source>Put the selected photos into a category; photos like them follow</source>
        <translation>선택한 사진을 카테고리에 넣습니다. 비슷한 사진도 따라갑니다</translation>
    </message>
    <message>
        <source>Back to automatic category</source>
        <translation>자동 분류로 되돌리기</translation>
    </message>
    <message>
        <source>Let the program choose the category of the selected photos again</source>
        <translation>선택한 사진의 카테고리를 다시 프로그램이 고르게 합니다</translation>
    </message>
    <message>
        <source>Next or previous category</source>
        <translation>다음 또는 이전 카테고리</translation>
    </message>
    <message>
        <source>New category…</source>
        <translation>새 카테고리…</translation>
    </message>
    <message>
        <source>New category</source>
        <translation>새 카테고리</translation>
    </message>
    <message>
        <source>Name of the category, which is its first keyword, too:</source>
        <translation>카테고리 이름 (첫 키워드로도 쓰입니다):</translation>
    </message>
</context>
<context>
    <name>CategoryEditor</name>
    <message>
        <source>Categories</source>
        <translation>카테고리</translation>
    </message>
    <message>
        <source>New category</source>
        <translation>새 카테고리</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>빼기</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>위로</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>아래로</translation>
    </message>
    <message>
        <source>One keyword a line, such as “dog” or “birthday party”</source>
        <translation>한 줄에 키워드 하나씩 적습니다. 예: “강아지”, “생일”</translation>
    </message>
    <message>
        <source>Keywords, one a line</source>
        <translation>키워드, 한 줄에 하나</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>All built-in categories as usual; your own ones go</source>
        <translation>기본 카테고리는 처음대로 돌아가고, 직접 만든 카테고리는 없어집니다</translation>
    </message>
    <message>
        <source>A photo is in one category. What has no tick is not used.</source>
        <translation>사진은 한 카테고리에만 들어갑니다. 체크하지 않은 것은 쓰지 않습니다.</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>이름(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Keywords</source>
        <translation>키워드(&amp;K)</translation>
    </message>
    <message>
        <source>The preview comes as soon as all photos are analysed.</source>
        <translation>사진 분석이 모두 끝나면 미리 보여 드립니다.</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>찾는 중…</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>쓰지 않음</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>사진 %Ln장</numerusform>
        </translation>
    </message>
    <message>
        <source>The starter model has learned this category from photos, and finds it by that as long as its built-in keywords are all here. What you add is found as well.</source>
        <translation>기본 모델은 이 카테고리를 사진으로 배웠으며, 기본 키워드가 모두 있는 동안에는 배운 대로 찾습니다. 추가한 키워드에 맞는 사진도 함께 찾습니다.</translation>
    </message>
    <message>
        <source>Some built-in keywords are gone. By the others alone the starter model cannot see this; the model for any words can. Photos that you move here stay, and photos like them follow.</source>
        <translation>기본 키워드 일부가 빠졌습니다. 남은 키워드만으로는 기본 모델이 이것을 알아볼 수 없고, 자유로운 말 모델은 알아봅니다. 이곳으로 옮긴 사진은 그대로 있고 비슷한 사진도 따라옵니다.</translation>
    </message>
    <message>
        <source>The starter model cannot see this; the model for any words can. Photos that you move here stay, and photos like them follow.</source>
        <translation>기본 모델은 이것을 알아볼 수 없고, 자유로운 말 모델은 알아봅니다. 이곳으로 옮긴 사진은 그대로 있고 비슷한 사진도 따라옵니다.</translation>
    </message>
    <message>
        <source>Some built-in keywords are gone: the starter model goes by the keywords that are left, not by what it has learned from photos.</source>
        <translation>기본 키워드 일부가 빠졌습니다. 기본 모델은 사진으로 배운 것이 아니라 남은 키워드로만 찾습니다.</translation>
    </message>
    <message>
        <source>Without keywords it holds the photos that you move here, and photos like them.</source>
        <translation>키워드가 없으면 여기로 옮긴 사진과 그와 비슷한 사진만 담습니다.</translation>
    </message>
    <message>
        <source>Back to the built-in categories</source>
        <translation>기본 카테고리로 되돌리기</translation>
    </message>
    <message>
        <source>The model knows nothing like: {}</source>
        <translation>모델이 모르는 말: {}</translation>
    </message>
</context>
<context>
    <name>CleanUpCommands</name>
    <message>
        <source>Clean up…</source>
        <translation>정리…</translation>
    </message>
    <message>
        <source>Move the marked photos to the trash, after asking</source>
        <translation>표시한 사진을 확인한 뒤 휴지통으로 옮깁니다</translation>
    </message>
    <message>
        <source>Clean up {:,}…</source>
        <translation>{:,}장 정리…</translation>
    </message>
</context>
<context>
    <name>CleanUpOutcome</name>
    <message>
        <source>What became of each photo</source>
        <translation>사진별 결과</translation>
    </message>
    <message>
        <source>There is no trash at their place. They can be moved to a folder with today&apos;s date beside the photos instead; Undo brings them back from there too.</source>
        <translation>사진이 있는 곳에 휴지통이 없습니다. 대신 사진 옆에 오늘 날짜의 폴더를 만들어 옮길 수 있습니다. 실행 취소로 거기에서도 되돌릴 수 있습니다.</translation>
    </message>
    <message>
        <source>Move to a dated folder</source>
        <translation>날짜 폴더로 옮기기</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Stays in {0}</source>
        <translation>그대로 있는 위치: {0}</translation>
    </message>
    <message>
        <source>From {0}</source>
        <translation>원래 위치: {0}</translation>
    </message>
    <message>
        <source>Now in {0}</source>
        <translation>지금 위치: {0}</translation>
    </message>
    <message>
        <source>Show in trash</source>
        <translation>휴지통에서 보기</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>폴더에서 보기</translation>
    </message>
</context>
<context>
    <name>CleanUpQuestion</name>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Folders that photos go from</source>
        <translation>사진을 옮길 폴더</translation>
    </message>
    <message>
        <source>Photos that go, and what stays for them</source>
        <translation>옮길 사진과 대신 남는 사진</translation>
    </message>
    <message>
        <source>Keep this photo after all (K)</source>
        <translation>이 사진은 그대로 두기 (K)</translation>
    </message>
    <message>
        <source>Take its mark away; it stays where it is</source>
        <translation>표시를 지웁니다. 사진은 제자리에 남습니다</translation>
    </message>
    <message>
        <source>Each photo is checked once more before it is moved: one that changed since, or whose kept copy is gone, stays. Undo brings everything back.</source>
        <translation>옮기기 전에 사진을 한 장씩 다시 확인합니다. 그사이에 바뀌었거나 보관할 사본이 없어진 사진은 그대로 둡니다. 실행 취소로 모두 되돌릴 수 있습니다.</translation>
    </message>
    <message numerus="yes">
        <source>Also move the last copies of %Ln groups, so that nothing of them stays</source>
        <translation>
            <numerusform>그룹 %Ln개의 마지막 사본까지 옮겨 아무것도 남기지 않기</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep sidecars, ratings, captions, keywords and places of copies</source>
        <translation>사본의 사이드카, 별점, 설명, 키워드, 위치를 남겨 두기</translation>
    </message>
    <message>
        <source>The sidecars of a removed copy, and what only it says about the photo, are written beside the kept one, never into it. Undo takes that back too.</source>
        <translation>지우는 사본의 사이드카와 그 사본에만 있는 정보를 남기는 사진 옆에 저장하며, 사진 자체는 바꾸지 않습니다. 되돌리면 이것도 함께 되돌립니다.</translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln photos to the trash?</source>
        <translation>
            <numerusform>사진 %Ln장을 휴지통으로 옮길까요?</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing to move</source>
        <translation>옮길 사진 없음</translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln photos to the trash</source>
        <translation>
            <numerusform>사진 %Ln장을 휴지통으로 옮기기</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} go to the trash.</source>
        <translation>{0}가 휴지통으로 갑니다.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos stay.</source>
        <translation>
            <numerusform>사진 %Ln장이 남습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln groups lose photos and keep at least one each.</source>
        <translation>
            <numerusform>그룹 %Ln개에서 사진이 빠지고 각각 적어도 1장은 남습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files go along (RAW, videos or sidecars of their names).</source>
        <translation>
            <numerusform>이름이 같은 파일 %Ln개(RAW, 동영상, 사이드카)도 함께 옮깁니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sidecars are copied to the photos that stay.</source>
        <translation>
            <numerusform>사이드카 %Ln개를 남기는 사진 옆에 복사합니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>All folders</source>
        <translation>모든 폴더</translation>
    </message>
    <message>
        <source>Stay although marked</source>
        <translation>표시했지만 남는 사진</translation>
    </message>
    <message>
        <source>From {0}</source>
        <translation>원래 위치: {0}</translation>
    </message>
    <message>
        <source>Identical and stays: {0}</source>
        <translation>남는 똑같은 사본: {0}</translation>
    </message>
    <message>
        <source>The same picture and stays: {0}</source>
        <translation>남는 같은 사진: {0}</translation>
    </message>
    <message>
        <source>Similar and stays: {0}</source>
        <translation>남는 비슷한 사진: {0}</translation>
    </message>
    <message>
        <source>The last one of its group</source>
        <translation>그룹의 마지막 사진</translation>
    </message>
    <message>
        <source>Marked by you</source>
        <translation>직접 표시함</translation>
    </message>
    <message numerus="yes">
        <source>%Ln marked photos stay.</source>
        <translation>
            <numerusform>표시한 사진 %Ln장이 남습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln marked photos stay, because all of their groups are marked.</source>
        <translation>
            <numerusform>그룹의 모든 사진을 표시했으므로 표시한 사진 %Ln장이 남습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Nothing stays of %Ln groups.</source>
        <translation>
            <numerusform>그룹 %Ln개에는 아무것도 남지 않습니다.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CleanUpSheet</name>
    <message>
        <source>Clean up</source>
        <translation>정리</translation>
    </message>
    <message>
        <source>Progress of the clean-up</source>
        <translation>정리 진행률</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Looking at the marked photos…</source>
        <translation>표시한 사진을 살펴보는 중…</translation>
    </message>
    <message>
        <source>Moving photos to the trash</source>
        <translation>사진을 휴지통으로 옮기는 중</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos are in the dated folder</source>
        <translation>
            <numerusform>사진 %Ln장이 날짜 폴더에 있습니다</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos are in the trash</source>
        <translation>
            <numerusform>사진 %Ln장이 휴지통에 있습니다</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos stayed where they were.</source>
        <translation>
            <numerusform>사진 %Ln장은 제자리에 남았습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stopped: %Ln photos were not touched.</source>
        <translation>
            <numerusform>중지함: 사진 %Ln장은 건드리지 않았습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} are freed once the trash is emptied.</source>
        <translation>휴지통을 비우면 {0}가 확보됩니다.</translation>
    </message>
</context>
<context>
    <name>CleanUps</name>
    <message>
        <source>Moving photos to the trash…</source>
        <translation>사진을 휴지통으로 옮기는 중…</translation>
    </message>
    <message>
        <source>Bringing photos back…</source>
        <translation>사진을 되돌리는 중…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos are in {} now.</source>
        <translation>
            <numerusform>이제 사진 %Ln장이 {}에 있습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Moving photos…</source>
        <translation>사진을 옮기는 중…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos were moved to the trash.</source>
        <translation>
            <numerusform>사진 %Ln장을 휴지통으로 옮겼습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos are back.</source>
        <translation>
            <numerusform>사진 %Ln장을 되돌렸습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be brought back: {}</source>
        <translation>
            <numerusform>%Ln장은 되돌리지 못했습니다: {}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be moved: {}</source>
        <translation>
            <numerusform>%Ln장은 옮기지 못했습니다: {}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Closing</name>
    <message>
        <source>Not stored yet</source>
        <translation>아직 저장되지 않음</translation>
    </message>
    <message numerus="yes">
        <source>%Ln decisions are not stored yet</source>
        <translation>
            <numerusform>결정 %Ln개가 아직 저장되지 않았습니다</numerusform>
        </translation>
    </message>
    <message>
        <source>Reason: {}. If you wait, the window closes by itself once everything is stored. If you close it now, what is not stored is lost; your photos stay as they are.</source>
        <translation>이유: {}. 기다리면 모두 저장되는 대로 창이 저절로 닫힙니다. 지금 닫으면 저장되지 않은 결정은 사라지며, 사진은 그대로 있습니다.</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>기다리기</translation>
    </message>
    <message>
        <source>Close anyway</source>
        <translation>그래도 닫기</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>What would you like to do?</source>
        <translation>무엇을 할까요?</translation>
    </message>
    <message>
        <source>Search commands</source>
        <translation>명령 검색</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>명령</translation>
    </message>
    <message>
        <source>There is no such command.</source>
        <translation>그런 명령이 없습니다.</translation>
    </message>
</context>
<context>
    <name>ComparePane</name>
    <message>
        <source>Folder: {0}</source>
        <translation>폴더: {0}</translation>
    </message>
    <message>
        <source>Suggested keeper</source>
        <translation>보관 추천</translation>
    </message>
    <message>
        <source>{0} of {1}: {2}</source>
        <translation>{0}/{1}: {2}</translation>
    </message>
    <message>
        <source>The suggested keeper&apos;s file does not hold this: it is never called safe.</source>
        <translation>추천된 보관 사진의 파일에는 없는 내용이므로 안전하다고 표시하지 않습니다.</translation>
    </message>
    <message>
        <source>Photo {0}</source>
        <translation>사진 {0}</translation>
    </message>
    <message>
        <source>Keep {0}</source>
        <translation>{0} 보관</translation>
    </message>
    <message>
        <source>Mark {0} for the trash</source>
        <translation>{0}에 휴지통 표시</translation>
    </message>
    <message>
        <source>Marked</source>
        <translation>표시됨</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>휴지통</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>보관</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>보관됨</translation>
    </message>
    <message>
        <source>Belongs to a series</source>
        <translation>연속 촬영의 일부</translation>
    </message>
    <message>
        <source>Identical</source>
        <translation>완전히 같음</translation>
    </message>
    <message>
        <source>{0} % alike</source>
        <translation>{0}% 유사</translation>
    </message>
    <message>
        <source>Also holds: {}.</source>
        <translation>추가로 담고 있음: {}.</translation>
    </message>
    <message>
        <source>Safe to remove.</source>
        <translation>지워도 안전합니다.</translation>
    </message>
</context>
<context>
    <name>CompareView</name>
    <message>
        <source>Photos of the group side by side</source>
        <translation>나란히 놓은 그룹의 사진</translation>
    </message>
    <message>
        <source>No face was found again in these photos.</source>
        <translation>이 사진들에서 함께 찍힌 얼굴을 찾지 못했습니다.</translation>
    </message>
</context>
<context>
    <name>ComputerNotices</name>
    <message>
        <source>{name} is left out. {why}</source>
        <translation>{name}은(는) 함께하지 못합니다. {why}</translation>
    </message>
    <message>
        <source>Computers…</source>
        <translation>컴퓨터…</translation>
    </message>
</context>
<context>
    <name>ComputersPage</name>
    <message>
        <source>Computers that work together</source>
        <translation>함께 작업하는 컴퓨터</translation>
    </message>
    <message>
        <source>Other computers can look at new photos together with this one, so that a large library is analysed sooner. Photos never leave your own network, and deciding stays here.</source>
        <translation>다른 컴퓨터들이 이 컴퓨터와 함께 새 사진을 살펴보므로 큰 라이브러리도 더 빨리 분석됩니다. 사진은 내 네트워크를 벗어나지 않으며 결정은 이 컴퓨터에서 합니다.</translation>
    </message>
    <message>
        <source>Have other computers look at photos, too</source>
        <translation>다른 컴퓨터와 함께 사진 분석</translation>
    </message>
    <message>
        <source>The one that this program keeps</source>
        <translation>이 프로그램이 보관하는 인증서</translation>
    </message>
    <message>
        <source>The folder that is open</source>
        <translation>열려 있는 폴더</translation>
    </message>
    <message>
        <source>At present</source>
        <translation>현재 상태</translation>
    </message>
    <message>
        <source>From the next analysis on; what is known is not looked at again.</source>
        <translation>다음 분석부터 적용되며, 이미 분석한 사진은 다시 살펴보지 않습니다.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>주소</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>인증서</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>라이브러리</translation>
    </message>
    <message>
        <source>The folder that all these computers share, as this one sees it.</source>
        <translation>이 컴퓨터들이 함께 쓰는 폴더를 이 컴퓨터의 경로로 적으세요.</translation>
    </message>
    <message>
        <source>To set it up, type this</source>
        <translation>설정하려면 다음을 입력하세요</translation>
    </message>
    <message>
        <source>On the computer where the photos are; it only hands out work:</source>
        <translation>사진이 있는 컴퓨터에서(작업을 나눠 주기만 합니다):</translation>
    </message>
    <message>
        <source>On each computer that helps, with the folder as that one sees it:</source>
        <translation>돕는 컴퓨터마다, 그 컴퓨터에서 보이는 폴더 경로로:</translation>
    </message>
    <message>
        <source>The first line makes a certificate and says where it is. Copy that file to each computer, this one too: whoever has it may take part, and nobody else.</source>
        <translation>첫 번째 줄은 인증서를 만들고 그 위치를 알려 줍니다. 그 파일을 이 컴퓨터를 포함해 모든 컴퓨터에 복사하세요. 파일을 가진 컴퓨터만 함께할 수 있습니다.</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>선택…</translation>
    </message>
    <message>
        <source>Type the address that the first computer says when it begins.</source>
        <translation>첫 번째 컴퓨터가 시작할 때 알려 주는 주소를 입력하세요.</translation>
    </message>
    <message>
        <source>Choose the certificate</source>
        <translation>인증서 선택</translation>
    </message>
    <message>
        <source>Certificates (*.pem);;All files (*)</source>
        <translation>인증서 (*.pem);;모든 파일 (*)</translation>
    </message>
    <message>
        <source>Choose the library</source>
        <translation>라이브러리 선택</translation>
    </message>
    <message numerus="yes">
        <source>This computer looked at %Ln photos itself.</source>
        <translation>
            <numerusform>이 컴퓨터가 직접 살펴본 사진은 %Ln장입니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking for them…</source>
        <translation>찾는 중…</translation>
    </message>
    <message>
        <source>No computer has joined yet.</source>
        <translation>아직 함께하는 컴퓨터가 없습니다.</translation>
    </message>
</context>
<context>
    <name>CopyLine</name>
    <message>
        <source>Copied</source>
        <translation>복사됨</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
</context>
<context>
    <name>DuplicateCommands</name>
    <message>
        <source>Keep only this photo</source>
        <translation>이 사진만 보관</translation>
    </message>
    <message>
        <source>Keep all, do not ask again</source>
        <translation>모두 보관하고 다시 묻지 않기</translation>
    </message>
    <message>
        <source>Reviewed: marks stay, do not ask again</source>
        <translation>검토 완료: 표시는 두고 다시 묻지 않기</translation>
    </message>
    <message>
        <source>These are not duplicates</source>
        <translation>중복이 아님</translation>
    </message>
    <message>
        <source>Always keep from this folder</source>
        <translation>이 폴더의 사진을 항상 남기기</translation>
    </message>
    <message>
        <source>Of copies, those in the folder of this photo stay, now and later. Taken back here, or in the settings</source>
        <translation>사본 가운데 이 사진의 폴더에 있는 것을 지금부터 계속 남깁니다. 여기나 설정에서 되돌릴 수 있습니다</translation>
    </message>
    <message>
        <source>Next group</source>
        <translation>다음 그룹</translation>
    </message>
    <message>
        <source>Previous group</source>
        <translation>이전 그룹</translation>
    </message>
    <message>
        <source>Zoom to the next person in all photos</source>
        <translation>모든 사진에서 다음 사람 확대</translation>
    </message>
    <message>
        <source>Zoom to the previous person in all photos</source>
        <translation>모든 사진에서 이전 사람 확대</translation>
    </message>
    <message>
        <source>Loupe: the same spot of every photo</source>
        <translation>돋보기: 모든 사진의 같은 부분</translation>
    </message>
    <message>
        <source>Blink between photo and keeper</source>
        <translation>보관할 사진과 번갈아 보기</translation>
    </message>
    <message>
        <source>Show what differs</source>
        <translation>다른 점 보기</translation>
    </message>
    <message>
        <source>Mark all safe copies for the trash</source>
        <translation>안전한 사본 모두에 휴지통 표시</translation>
    </message>
    <message>
        <source>You lose nothing with them: what stays is at least as good</source>
        <translation>잃는 것이 없습니다. 남는 사진이 같거나 더 낫습니다</translation>
    </message>
    <message>
        <source>Go from photo to photo</source>
        <translation>사진 사이를 이동</translation>
    </message>
    <message>
        <source>Go from group to group</source>
        <translation>그룹 사이를 이동</translation>
    </message>
</context>
<context>
    <name>DuplicatesView</name>
    <message>
        <source>Duplicate groups</source>
        <translation>중복 그룹</translation>
    </message>
    <message>
        <source>Keep only this</source>
        <translation>이것만 보관</translation>
    </message>
    <message>
        <source>Keep all</source>
        <translation>모두 보관</translation>
    </message>
    <message>
        <source>Not duplicates</source>
        <translation>중복 아님</translation>
    </message>
    <message>
        <source>Next group</source>
        <translation>다음 그룹</translation>
    </message>
    <message>
        <source>Keep every photo and do not show the group again (A)</source>
        <translation>모든 사진을 보관하고 이 그룹을 다시 표시하지 않기 (A)</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>맞춤</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100%</translation>
    </message>
    <message>
        <source>Loupe</source>
        <translation>돋보기</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>얼굴</translation>
    </message>
    <message>
        <source>Blink</source>
        <translation>번갈아 보기</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>차이</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>중복 사진</translation>
    </message>
    <message>
        <source>That was the last group.</source>
        <translation>마지막 그룹이었습니다.</translation>
    </message>
    <message>
        <source>That was the last group found so far.</source>
        <translation>지금까지 찾은 마지막 그룹입니다.</translation>
    </message>
    <message>
        <source>Similarity</source>
        <translation>유사도</translation>
    </message>
    <message>
        <source>looser</source>
        <translation>느슨하게</translation>
    </message>
    <message>
        <source>stricter</source>
        <translation>엄격하게</translation>
    </message>
    <message numerus="yes">
        <source>%Ln groups</source>
        <translation>
            <numerusform>그룹 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <source>{} so far</source>
        <translation>지금까지 {}</translation>
    </message>
    <message>
        <source>Ask about this group again (V)</source>
        <translation>이 그룹을 다시 검토하기 (V)</translation>
    </message>
    <message>
        <source>Done with this group, marks stay; do not show it again (V)</source>
        <translation>표시는 그대로 두고 이 그룹의 검토를 마치며 다시 표시하지 않기 (V)</translation>
    </message>
    <message>
        <source>From now on photos in “{}” stay rather than copies elsewhere.</source>
        <translation>이제부터 다른 곳의 사본보다 “{}” 폴더의 사진을 남깁니다.</translation>
    </message>
    <message>
        <source>Photos in “{}” are not preferred any more.</source>
        <translation>“{}” 폴더의 사진을 더 이상 우선하지 않습니다.</translation>
    </message>
    <message numerus="yes">
        <source>Mark %Ln copies for the trash</source>
        <translation>
            <numerusform>사본 %Ln장에 휴지통 표시</numerusform>
        </translation>
    </message>
    <message>
        <source>No safe copies so far</source>
        <translation>지금까지 안전한 사본 없음</translation>
    </message>
    <message>
        <source>All safe copies are marked</source>
        <translation>안전한 사본을 모두 표시함</translation>
    </message>
    <message>
        <source>No copy is safe to remove unseen</source>
        <translation>보지 않고 지워도 안전한 사본 없음</translation>
    </message>
    <message>
        <source>Of all kinds, the copies that you lose nothing with: what stays is at least as good in every measure. Nothing is moved before you clean up.</source>
        <translation>모든 종류에서 잃는 것이 없는 사본입니다. 남는 사진이 모든 면에서 같거나 더 낫습니다. 정리하기 전에는 아무것도 옮기지 않습니다.</translation>
    </message>
    <message>
        <source>Different shots of one moment. Nothing is chosen for you, except a copy of one that stays.</source>
        <translation>같은 순간을 찍은 서로 다른 사진입니다. 남는 사진의 사본을 빼고는 아무것도 대신 고르지 않습니다.</translation>
    </message>
    <message>
        <source>Hide reviewed ({})</source>
        <translation>검토한 그룹 숨기기 ({})</translation>
    </message>
    <message>
        <source>These photos are never put into one group again (S)</source>
        <translation>이 사진들을 다시는 한 그룹으로 묶지 않기 (S)</translation>
    </message>
    <message>
        <source>Show reviewed ({})</source>
        <translation>검토한 그룹 보기 ({})</translation>
    </message>
    <message>
        <source>Not reviewed</source>
        <translation>검토 취소</translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation>검토 완료</translation>
    </message>
    <message>
        <source>Group {0} of {1}</source>
        <translation>그룹 {0}/{1}</translation>
    </message>
    <message>
        <source>Equal in all that the files hold.</source>
        <translation>파일이 담은 모든 내용이 똑같습니다.</translation>
    </message>
    <message>
        <source>{0} can be freed safely.</source>
        <translation>{0}를 안전하게 확보할 수 있습니다.</translation>
    </message>
    <message>
        <source>One picture in other sizes, formats or edits. Up to {0} can be freed; look where the keeper is not better in everything.</source>
        <translation>크기, 형식, 보정만 다른 같은 사진입니다. 최대 {0}를 확보할 수 있습니다. 보관할 사진이 모든 면에서 더 낫지는 않은 곳만 살펴보세요.</translation>
    </message>
    <message>
        <source>Duplicates appear here while photos are analysed.</source>
        <translation>사진을 분석하는 동안 중복 사진이 여기에 나타납니다.</translation>
    </message>
    <message>
        <source>All groups of this kind are reviewed.</source>
        <translation>이 종류의 그룹을 모두 검토했습니다.</translation>
    </message>
    <message>
        <source>There are no exact copies.</source>
        <translation>똑같은 사본이 없습니다.</translation>
    </message>
    <message>
        <source>Nothing was found here. Moving the slider to “looser” may find more.</source>
        <translation>찾은 것이 없습니다. 슬라이더를 ‘느슨하게’ 쪽으로 옮기면 더 찾을 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>EncoderModels</name>
    <message>
        <source>Downloading {}…</source>
        <translation>{} 다운로드 중…</translation>
    </message>
    <message>
        <source>Importing {}…</source>
        <translation>{} 가져오는 중…</translation>
    </message>
    <message>
        <source>Checking what {} knows…</source>
        <translation>{} 모델이 무엇을 알아보는지 확인하는 중…</translation>
    </message>
</context>
<context>
    <name>Examples</name>
    <message>
        <source>For example</source>
        <translation>예를 들면</translation>
    </message>
    <message>
        <source>beach -people</source>
        <translation>해변 -사람</translation>
    </message>
    <message>
        <source>sunset</source>
        <translation>노을</translation>
    </message>
    <message>
        <source>A date</source>
        <translation>날짜</translation>
    </message>
    <message>
        <source>Photos like another one</source>
        <translation>다른 사진과 비슷한 사진</translation>
    </message>
    <message>
        <source>Photos like {}</source>
        <translation>{}와(과) 비슷한 사진</translation>
    </message>
</context>
<context>
    <name>ExportForm</name>
    <message>
        <source>What to make</source>
        <translation>만들 것</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>사본</translation>
    </message>
    <message>
        <source>Contact sheet</source>
        <translation>콘택트 시트</translation>
    </message>
    <message>
        <source>Star ratings</source>
        <translation>별점</translation>
    </message>
    <message>
        <source>Say where each was taken (location)</source>
        <translation>촬영한 곳을 남김(위치 정보)</translation>
    </message>
    <message>
        <source>Without it, the copies say nothing of their place: not in Exif, XMP or anything else. Photos of other kinds become JPEG then.</source>
        <translation>끄면 사본에 위치가 Exif, XMP 등 어디에도 남지 않습니다. JPEG이 아닌 사진은 JPEG이 됩니다.</translation>
    </message>
    <message>
        <source>Copy the files</source>
        <translation>파일 복사</translation>
    </message>
    <message>
        <source>Hard links: they take no room, on the same drive only</source>
        <translation>하드 링크: 공간을 차지하지 않으며 같은 드라이브에서만 가능</translation>
    </message>
    <message>
        <source>Write star ratings beside the copies, as XMP files</source>
        <translation>사본 옆에 별점을 XMP 파일로 저장</translation>
    </message>
    <message>
        <source>Photos without stars get</source>
        <translation>별점이 없는 사진의 별점</translation>
    </message>
    <message>
        <source>PDF: pages to print</source>
        <translation>PDF: 인쇄용 페이지</translation>
    </message>
    <message>
        <source>PNG: one long picture</source>
        <translation>PNG: 긴 그림 한 장</translation>
    </message>
    <message>
        <source>Choose where it goes: a whole path is needed</source>
        <translation>저장할 곳을 고르세요. 전체 경로가 필요합니다</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>{} px, for large screens</source>
        <translation>{}px, 큰 화면용</translation>
    </message>
    <message>
        <source>{} px, for sharing</source>
        <translation>{}px, 공유용</translation>
    </message>
    <message>
        <source>{} px, for messages</source>
        <translation>{}px, 메시지용</translation>
    </message>
    <message>
        <source>As they are: the original files</source>
        <translation>있는 그대로: 원본 파일</translation>
    </message>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Every photo with its place, name, time and score; groups have headings.</source>
        <translation>모든 사진을 순위, 이름, 시간, 점수와 함께 넣고 그룹마다 제목을 붙입니다.</translation>
    </message>
    <message>
        <source>Your stars are written into an XMP file beside each photo, where other programs find them; rejected photos are rejected there, too. Photos are not touched, and ratings that are there already stay as they are.</source>
        <translation>별점이 각 사진 옆의 XMP 파일에 기록되어 다른 프로그램에서도 보입니다. 제외한 사진은 그곳에서도 제외로 표시됩니다. 사진 자체는 바뀌지 않으며, 이미 있는 별점은 그대로 둡니다.</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>선택…</translation>
    </message>
    <message>
        <source>Full size, as JPEG</source>
        <translation>원본 크기, JPEG으로</translation>
    </message>
    <message>
        <source>Where to put the photos</source>
        <translation>사진을 저장할 폴더</translation>
    </message>
    <message>
        <source>Where to put the contact sheet</source>
        <translation>콘택트 시트를 저장할 곳</translation>
    </message>
    <message>
        <source>Contact sheets (*.pdf *.png)</source>
        <translation>콘택트 시트 (*.pdf *.png)</translation>
    </message>
    <message>
        <source>Best photos</source>
        <translation>베스트 사진</translation>
    </message>
</context>
<context>
    <name>ExportSheet</name>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>Go on in the background</source>
        <translation>백그라운드에서 계속</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <translation>내보내기 진행률</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>폴더에서 보기</translation>
    </message>
    <message>
        <source>Photos with a problem</source>
        <translation>문제가 있는 사진</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>이유</translation>
    </message>
</context>
<context>
    <name>FaceStrip</name>
    <message>
        <source>The same face in all photos of the group</source>
        <translation>그룹의 모든 사진에 있는 같은 얼굴</translation>
    </message>
    <message>
        <source>Previous person</source>
        <translation>이전 사람</translation>
    </message>
    <message>
        <source>Next person</source>
        <translation>다음 사람</translation>
    </message>
    <message>
        <source>Person {0} of {1}</source>
        <translation>사람 {0}/{1}</translation>
    </message>
    <message>
        <source>The same face</source>
        <translation>같은 얼굴</translation>
    </message>
</context>
<context>
    <name>FaceTile</name>
    <message>
        <source>Not found here</source>
        <translation>이 사진에는 없음</translation>
    </message>
    <message>
        <source>Cannot be shown</source>
        <translation>표시할 수 없음</translation>
    </message>
    <message>
        <source>{0} of {1}: {2}</source>
        <translation>{0}/{1}: {2}</translation>
    </message>
    <message>
        <source>suggested keeper</source>
        <translation>보관 추천</translation>
    </message>
    <message>
        <source>no face found</source>
        <translation>얼굴을 찾지 못함</translation>
    </message>
    <message>
        <source>marked for the trash</source>
        <translation>휴지통 표시됨</translation>
    </message>
</context>
<context>
    <name>FaceWalk</name>
    <message>
        <source>No face was found in this photo</source>
        <translation>이 사진에서 얼굴을 찾지 못했습니다</translation>
    </message>
    <message>
        <source>The whole photo</source>
        <translation>사진 전체</translation>
    </message>
    <message>
        <source>Face {0} of {1}: {2}</source>
        <translation>얼굴 {0}/{1}: {2}</translation>
    </message>
</context>
<context>
    <name>FacesPage</name>
    <message>
        <source>Faces</source>
        <translation>얼굴</translation>
    </message>
    <message>
        <source>Faces are looked for to see open eyes and sharp faces: they help to choose the best photo of a series, and to find photos with people.</source>
        <translation>눈을 떴는지, 얼굴이 선명한지 보기 위해 얼굴을 찾습니다. 연속 사진에서 가장 좋은 사진을 고르고 사람이 있는 사진을 찾는 데 도움이 됩니다.</translation>
    </message>
    <message>
        <source>Look for faces</source>
        <translation>얼굴 찾기</translation>
    </message>
    <message>
        <source>Switched off, all that was stored about faces is removed at once. Photos, stars and everything else stay as they are.</source>
        <translation>끄면 얼굴에 대해 저장한 내용이 바로 모두 지워집니다. 사진과 별점 등 다른 것은 그대로입니다.</translation>
    </message>
    <message>
        <source>All of it happens on this computer: where a face is, how far its eyes are open and how sharp it is. Faces get no names, are sent nowhere, and are compared only within one series of photos.</source>
        <translation>얼굴의 위치, 눈을 뜬 정도, 선명도를 모두 이 컴퓨터에서만 봅니다. 얼굴에 이름을 붙이거나 어디로 보내지 않으며, 한 연속 사진 안에서만 비교합니다.</translation>
    </message>
</context>
<context>
    <name>FilmStrip</name>
    <message>
        <source>Photos around this one</source>
        <translation>앞뒤 사진</translation>
    </message>
</context>
<context>
    <name>FilterPanel</name>
    <message>
        <source>Filters</source>
        <translation>필터</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>필터 지우기</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>모두</translation>
    </message>
    <message>
        <source>Taken from</source>
        <translation>촬영 시작일</translation>
    </message>
    <message>
        <source>Taken until</source>
        <translation>촬영 종료일</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>Flaws</source>
        <translation>결함</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>중복 사진</translation>
    </message>
    <message>
        <source>People</source>
        <translation>사람</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>별점</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>휴지통</translation>
    </message>
    <message>
        <source>Without flaws</source>
        <translation>결함 없음</translation>
    </message>
    <message>
        <source>With any flaw</source>
        <translation>결함 있음</translation>
    </message>
    <message>
        <source>In a group</source>
        <translation>그룹에 있음</translation>
    </message>
    <message>
        <source>Suggested keepers</source>
        <translation>보관 추천</translation>
    </message>
    <message>
        <source>In a group, not the keeper</source>
        <translation>그룹에 있으나 보관 추천 아님</translation>
    </message>
    <message>
        <source>In no group</source>
        <translation>그룹에 없음</translation>
    </message>
    <message>
        <source>With people</source>
        <translation>사람이 있는 사진</translation>
    </message>
    <message>
        <source>One person</source>
        <translation>한 명</translation>
    </message>
    <message>
        <source>Several people</source>
        <translation>여러 명</translation>
    </message>
    <message>
        <source>With closed eyes</source>
        <translation>눈을 감은 사진</translation>
    </message>
    <message>
        <source>Without people</source>
        <translation>사람이 없는 사진</translation>
    </message>
    <message>
        <source>5 stars</source>
        <translation>별 5개</translation>
    </message>
    <message numerus="yes">
        <source>%Ln stars or more</source>
        <translation>
            <numerusform>별 %Ln개 이상</numerusform>
        </translation>
    </message>
    <message>
        <source>Not rated</source>
        <translation>별점 없음</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>제외됨</translation>
    </message>
    <message>
        <source>Marked for the trash</source>
        <translation>휴지통 표시됨</translation>
    </message>
    <message>
        <source>Not marked</source>
        <translation>표시 안 됨</translation>
    </message>
</context>
<context>
    <name>FlagModel</name>
    <message>
        <source>Marked for the trash</source>
        <translation>휴지통 표시됨</translation>
    </message>
    <message>
        <source>Called fine</source>
        <translation>괜찮음으로 정함</translation>
    </message>
</context>
<context>
    <name>FlawPreview</name>
    <message>
        <source>Flagged photo</source>
        <translation>결함이 있는 사진</translation>
    </message>
    <message>
        <source>Whole photo</source>
        <translation>사진 전체</translation>
    </message>
    <message>
        <source>Part of the photo</source>
        <translation>사진 일부</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>폴더에서 보기</translation>
    </message>
    <message>
        <source>Certainty {0} of 100 ({1}); flagged from {2} on.</source>
        <translation>확신도 {0}/100({1}), {2}부터 결함으로 봅니다.</translation>
    </message>
    <message>
        <source>Also flagged: {0}.</source>
        <translation>다른 결함: {0}.</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0}%</translation>
    </message>
    <message>
        <source>{0} %: {1}</source>
        <translation>{0}%: {1}</translation>
    </message>
</context>
<context>
    <name>FolderCommands</name>
    <message>
        <source>Move to folder…</source>
        <translation>폴더로 옮기기…</translation>
    </message>
    <message>
        <source>Move the files of the selected photos, with all that belongs to them</source>
        <translation>선택한 사진의 파일을, 함께 속한 파일과 더불어 옮깁니다</translation>
    </message>
    <message>
        <source>Move the photos to</source>
        <translation>사진을 옮길 곳</translation>
    </message>
</context>
<context>
    <name>FolderList</name>
    <message>
        <source>No folders</source>
        <translation>폴더 없음</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>폴더 추가…</translation>
    </message>
    <message>
        <source>Add a folder to {}</source>
        <translation>{}에 폴더 추가</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>빼기</translation>
    </message>
    <message>
        <source>Remove the folder from {}</source>
        <translation>{}에서 폴더 빼기</translation>
    </message>
    <message>
        <source>Take the folder off this list; it stays as it is</source>
        <translation>목록에서만 빼며 폴더는 그대로 둡니다</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>폴더 선택</translation>
    </message>
</context>
<context>
    <name>FolderModel</name>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>사진 %Ln장</numerusform>
        </translation>
    </message>
    <message>
        <source>Protected: nothing goes from here, and nothing is moved here</source>
        <translation>보호됨: 이 폴더에서 나가거나 이 폴더로 옮겨지는 사진이 없습니다</translation>
    </message>
</context>
<context>
    <name>FoldersPage</name>
    <message>
        <source>Protected folders</source>
        <translation>보호된 폴더</translation>
    </message>
    <message>
        <source>Nothing goes from these to the trash, and their photos win as keepers.</source>
        <translation>이 폴더의 사진은 휴지통으로 옮기지 않으며, 보관할 사진으로 먼저 고릅니다.</translation>
    </message>
    <message>
        <source>Folders to keep from</source>
        <translation>항상 남기는 폴더</translation>
    </message>
    <message>
        <source>Of copies, those in these folders stay. What lies in them twice may go.</source>
        <translation>사본 가운데 이 폴더에 있는 것을 남깁니다. 이 안에 두 번 있는 사진은 정리될 수 있습니다.</translation>
    </message>
    <message>
        <source>Folders to leave out</source>
        <translation>제외할 폴더</translation>
    </message>
    <message>
        <source>These are not analysed, nor what lies within them.</source>
        <translation>이 폴더와 그 안의 폴더는 분석하지 않습니다.</translation>
    </message>
</context>
<context>
    <name>FoldersView</name>
    <message>
        <source>Folders</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>With the folders below</source>
        <translation>하위 폴더 포함</translation>
    </message>
    <message>
        <source>Show and count the photos of all folders within, too</source>
        <translation>안에 있는 모든 폴더의 사진도 함께 보여 주고 셉니다</translation>
    </message>
</context>
<context>
    <name>GeneralPage</name>
    <message>
        <source>General</source>
        <translation>일반</translation>
    </message>
    <message>
        <source>Everything here takes effect as you change it.</source>
        <translation>여기에서 바꾸면 바로 적용됩니다.</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>시스템 설정에 따름</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>색</translation>
    </message>
    <message>
        <source>Begin with the library that was open last</source>
        <translation>마지막에 열었던 라이브러리로 시작하기</translation>
    </message>
    <message>
        <source>Watch the open folders</source>
        <translation>열린 폴더 지켜보기</translation>
    </message>
    <message>
        <source>Photos that other programs add or take away are seen within seconds.</source>
        <translation>다른 프로그램이 추가하거나 없앤 사진을 몇 초 안에 알아챕니다.</translation>
    </message>
    <message>
        <source>Tell me when something has finished behind other windows</source>
        <translation>다른 창을 보는 동안 작업이 끝나면 알리기</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>움직임 줄이기</translation>
    </message>
    <message>
        <source>Nothing fades, slides or runs to and fro, whatever your system says.</source>
        <translation>시스템 설정과 관계없이 서서히 사라지거나 미끄러지는 움직임을 없앱니다.</translation>
    </message>
    <message>
        <source>This system does not watch all of them; they are looked through every 5 minutes.</source>
        <translation>이 시스템은 모든 폴더를 지켜보지 못하므로 5분마다 살펴봅니다.</translation>
    </message>
    <message>
        <source>Network drives do not tell of changes; they are looked through every 5 minutes.</source>
        <translation>네트워크 드라이브는 바뀐 것을 알려 주지 않으므로 5분마다 살펴봅니다.</translation>
    </message>
</context>
<context>
    <name>GridBar</name>
    <message>
        <source>Clear filters</source>
        <translation>필터 지우기</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>정렬 기준</translation>
    </message>
    <message>
        <source>Show only some of the photos</source>
        <translation>일부 사진만 보기</translation>
    </message>
    <message>
        <source>Size of the photos</source>
        <translation>사진 크기</translation>
    </message>
    <message>
        <source>Filter ({})</source>
        <translation>필터 ({})</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>필터</translation>
    </message>
    <message numerus="yes">
        <source>{} of %Ln photos</source>
        <translation>
            <numerusform>사진 {}/%Ln장</numerusform>
        </translation>
    </message>
    <message>
        <source>By date</source>
        <translation>날짜순</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>이름순</translation>
    </message>
    <message>
        <source>By score</source>
        <translation>점수순</translation>
    </message>
    <message>
        <source>By size</source>
        <translation>크기순</translation>
    </message>
    <message>
        <source>By flaw</source>
        <translation>결함순</translation>
    </message>
    <message>
        <source>By stars</source>
        <translation>별점순</translation>
    </message>
    <message>
        <source>In order</source>
        <translation>오름차순</translation>
    </message>
    <message>
        <source>In reverse order</source>
        <translation>내림차순</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>오래된 사진부터</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>최근 사진부터</translation>
    </message>
    <message>
        <source>From A to Z</source>
        <translation>가나다순</translation>
    </message>
    <message>
        <source>From Z to A</source>
        <translation>가나다 역순</translation>
    </message>
    <message>
        <source>Lowest score first</source>
        <translation>낮은 점수부터</translation>
    </message>
    <message>
        <source>Highest score first</source>
        <translation>높은 점수부터</translation>
    </message>
    <message>
        <source>Smallest files first</source>
        <translation>작은 파일부터</translation>
    </message>
    <message>
        <source>Largest files first</source>
        <translation>큰 파일부터</translation>
    </message>
    <message>
        <source>Slightest flaws first</source>
        <translation>가벼운 결함부터</translation>
    </message>
    <message>
        <source>Worst flaws first</source>
        <translation>심한 결함부터</translation>
    </message>
    <message>
        <source>Fewest stars first</source>
        <translation>낮은 별점부터</translation>
    </message>
    <message>
        <source>Most stars first</source>
        <translation>높은 별점부터</translation>
    </message>
</context>
<context>
    <name>GridCommands</name>
    <message>
        <source>Filter photos…</source>
        <translation>사진 필터…</translation>
    </message>
    <message>
        <source>Show only some of the photos</source>
        <translation>일부 사진만 보기</translation>
    </message>
    <message>
        <source>Sort again</source>
        <translation>다시 정렬</translation>
    </message>
    <message>
        <source>Photos keep their places while you decide; this sorts and filters anew</source>
        <translation>정하는 동안 사진은 제자리에 있습니다. 이 명령은 새로 정렬하고 거릅니다</translation>
    </message>
    <message>
        <source>Larger photos</source>
        <translation>사진 크게</translation>
    </message>
    <message>
        <source>Smaller photos</source>
        <translation>사진 작게</translation>
    </message>
</context>
<context>
    <name>GroupModel</name>
    <message numerus="yes">
        <source>%Ln photos, reviewed</source>
        <translation>
            <numerusform>사진 %Ln장, 검토 완료</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos, {} can be freed</source>
        <translation>
            <numerusform>사진 %Ln장, {} 확보 가능</numerusform>
        </translation>
    </message>
    <message>
        <source>All marked: no copy is kept</source>
        <translation>모두 표시됨: 남는 사본 없음</translation>
    </message>
    <message>
        <source>{0} marked for the trash</source>
        <translation>{0}장 휴지통 표시됨</translation>
    </message>
</context>
<context>
    <name>GroupStrip</name>
    <message>
        <source>Previous photo (←)</source>
        <translation>이전 사진 (←)</translation>
    </message>
    <message>
        <source>Next photo (→)</source>
        <translation>다음 사진 (→)</translation>
    </message>
    <message>
        <source>All photos of the group</source>
        <translation>그룹의 모든 사진</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{1}장 중 {0}</translation>
    </message>
</context>
<context>
    <name>HighlightCommands</name>
    <message>
        <source>Export the best…</source>
        <translation>베스트 내보내기…</translation>
    </message>
    <message>
        <source>Copies, a contact sheet or star ratings of the highlights</source>
        <translation>하이라이트의 사본, 콘택트 시트 또는 별점을 만듭니다</translation>
    </message>
</context>
<context>
    <name>HighlightsView</name>
    <message>
        <source>Category</source>
        <translation>카테고리</translation>
    </message>
    <message>
        <source>What to show of it</source>
        <translation>표시할 내용</translation>
    </message>
    <message>
        <source>Whole ranking</source>
        <translation>전체 순위</translation>
    </message>
    <message>
        <source>Best of all</source>
        <translation>전체 베스트</translation>
    </message>
    <message>
        <source>Best of each category</source>
        <translation>카테고리별 베스트</translation>
    </message>
    <message>
        <source>Best of each month</source>
        <translation>월별 베스트</translation>
    </message>
    <message>
        <source>Best of each event</source>
        <translation>이벤트별 베스트</translation>
    </message>
    <message>
        <source>An event ends where no photo was taken for {} hours</source>
        <translation>{}시간 동안 찍은 사진이 없으면 이벤트가 끝난 것으로 봅니다</translation>
    </message>
    <message>
        <source>How many photos</source>
        <translation>사진 수</translation>
    </message>
    <message>
        <source>Slideshow</source>
        <translation>슬라이드 쇼</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>내보내기…</translation>
    </message>
    <message>
        <source>Show these photos one after the other</source>
        <translation>이 사진들을 차례로 보여 줍니다</translation>
    </message>
    <message>
        <source>Copy the best photos, draw a contact sheet, write star ratings (Ctrl+Shift+E)</source>
        <translation>베스트 사진 복사, 콘택트 시트 만들기, 별점 저장 (Ctrl+Shift+E)</translation>
    </message>
    <message>
        <source>Highlights</source>
        <translation>하이라이트</translation>
    </message>
    <message>
        <source>By rank</source>
        <translation>순위순</translation>
    </message>
    <message>
        <source>With variety, flaws last</source>
        <translation>다양하게, 결함 있는 사진은 뒤로</translation>
    </message>
    <message>
        <source>With variety: one of alike photos</source>
        <translation>다양하게: 비슷한 사진 중 한 장</translation>
    </message>
    <message>
        <source>{0} of {1}  {2}</source>
        <translation>{1}장 중 {0}위  {2}</translation>
    </message>
</context>
<context>
    <name>HistogramView</name>
    <message>
        <source>Histogram</source>
        <translation>히스토그램</translation>
    </message>
    <message>
        <source>{0:.1f} % of the picture is black.</source>
        <translation>사진의 {0:.1f}%가 검은색으로 뭉개졌습니다.</translation>
    </message>
    <message>
        <source>{0:.1f} % of the picture is burnt out.</source>
        <translation>사진의 {0:.1f}%가 하얗게 날아갔습니다.</translation>
    </message>
</context>
<context>
    <name>HistoryCommands</name>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>History…</source>
        <translation>작업 내역…</translation>
    </message>
    <message>
        <source>Everything you decided, and how to take it back</source>
        <translation>지금까지 정한 모든 것과 되돌리는 방법</translation>
    </message>
    <message>
        <source>Photos called not duplicates…</source>
        <translation>중복 아님으로 정한 사진…</translation>
    </message>
    <message>
        <source>Photos that are never grouped, and how to let them be again</source>
        <translation>다시는 묶지 않기로 한 사진과, 다시 묶게 하는 방법</translation>
    </message>
    <message>
        <source>There is nothing to undo</source>
        <translation>실행 취소할 작업이 없습니다</translation>
    </message>
    <message>
        <source>Undo: {}</source>
        <translation>실행 취소: {}</translation>
    </message>
    <message>
        <source>There is nothing to redo</source>
        <translation>다시 실행할 작업이 없습니다</translation>
    </message>
    <message>
        <source>Redo: {}</source>
        <translation>다시 실행: {}</translation>
    </message>
</context>
<context>
    <name>HistoryDialog</name>
    <message>
        <source>History</source>
        <translation>작업 내역</translation>
    </message>
    <message>
        <source>What you did</source>
        <translation>내가 한 작업</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>Whatever you decide is listed here and can be taken back.</source>
        <translation>정한 것은 모두 여기에 나오며 되돌릴 수 있습니다.</translation>
    </message>
    <message>
        <source>Not duplicates</source>
        <translation>중복 아님</translation>
    </message>
    <message>
        <source>Photos that you call “not duplicates” are listed here.</source>
        <translation>“중복 아님”으로 정한 사진이 여기에 나옵니다.</translation>
    </message>
    <message>
        <source>May be duplicates again</source>
        <translation>다시 중복으로 비교</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>The newest first. Taking back one of them leaves what you did after it: what was changed once more since stays as it is.</source>
        <translation>최근 작업이 맨 위에 있습니다. 하나만 되돌려도 그 뒤에 한 작업은 그대로이며, 그 뒤에 다시 바꾼 것은 바뀐 그대로 둡니다.</translation>
    </message>
    <message>
        <source>You said that these show different things: they are never grouped.</source>
        <translation>서로 다른 사진이라고 정했으므로 다시는 한 그룹으로 묶지 않습니다.</translation>
    </message>
    <message>
        <source>Do again</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>What it changed was changed again since, or cannot be done by itself.</source>
        <translation>이 작업이 바꾼 것은 그 뒤에 다시 바뀌었거나, 따로 실행할 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>HistoryModel</name>
    <message>
        <source>taken back</source>
        <translation>되돌림</translation>
    </message>
</context>
<context>
    <name>InfoPanel</name>
    <message>
        <source>Facts of the photo</source>
        <translation>사진 정보</translation>
    </message>
</context>
<context>
    <name>KeeperOrder</name>
    <message>
        <source>What decides which photo stays, in this order</source>
        <translation>보관할 사진을 정하는 기준과 순서</translation>
    </message>
    <message>
        <source>Alt+Up and Alt+Down move a line</source>
        <translation>Alt+위쪽, Alt+아래쪽으로 줄을 옮깁니다</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>위로</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>아래로</translation>
    </message>
    <message>
        <source>Restore the usual order</source>
        <translation>기본 순서로 되돌리기</translation>
    </message>
</context>
<context>
    <name>KeepersPage</name>
    <message>
        <source>Which photo stays</source>
        <translation>보관할 사진</translation>
    </message>
    <message>
        <source>The first line in which two photos differ decides. Drag a line to another place, or move it with Alt+↑ and Alt+↓. Groups follow at once; marks stay as they are.</source>
        <translation>두 사진이 서로 다른 첫 번째 기준으로 정합니다. 줄을 끌어 옮기거나 Alt+↑, Alt+↓로 옮기세요. 그룹에는 바로 반영되고 표시는 그대로 남습니다.</translation>
    </message>
    <message>
        <source>Kind of duplicates</source>
        <translation>중복 종류</translation>
    </message>
</context>
<context>
    <name>LibraryButton</name>
    <message>
        <source>Library</source>
        <translation>라이브러리</translation>
    </message>
    <message>
        <source>Library: {}</source>
        <translation>라이브러리: {}</translation>
    </message>
</context>
<context>
    <name>LibraryCommands</name>
    <message>
        <source>Open folder…</source>
        <translation>폴더 열기…</translation>
    </message>
    <message>
        <source>Analyse the photos of a folder</source>
        <translation>폴더의 사진을 분석합니다</translation>
    </message>
    <message>
        <source>Add a folder to this library…</source>
        <translation>이 라이브러리에 폴더 추가…</translation>
    </message>
    <message>
        <source>Look at the photos of one more folder together with the present ones</source>
        <translation>다른 폴더의 사진을 지금 사진과 함께 봅니다</translation>
    </message>
    <message>
        <source>Switch library…</source>
        <translation>라이브러리 바꾸기…</translation>
    </message>
    <message>
        <source>Rename this library…</source>
        <translation>이 라이브러리 이름 바꾸기…</translation>
    </message>
    <message>
        <source>Look for new photos</source>
        <translation>새 사진 찾기</translation>
    </message>
    <message>
        <source>Analyse what is new or changed in the open folders</source>
        <translation>열린 폴더에서 새로 생기거나 바뀐 사진을 분석합니다</translation>
    </message>
    <message>
        <source>Pause the analysis</source>
        <translation>분석 일시 정지</translation>
    </message>
    <message>
        <source>Stop the analysis</source>
        <translation>분석 중지</translation>
    </message>
    <message>
        <source>What was found so far is kept</source>
        <translation>지금까지 찾은 내용은 그대로 있습니다</translation>
    </message>
    <message>
        <source>Remove a folder from this library</source>
        <translation>이 라이브러리에서 폴더 빼기</translation>
    </message>
    <message>
        <source>Forget a library</source>
        <translation>라이브러리를 목록에서 빼기</translation>
    </message>
    <message>
        <source>Choose a folder of photos</source>
        <translation>사진 폴더 선택</translation>
    </message>
    <message>
        <source>Choose a folder to add to the library</source>
        <translation>라이브러리에 추가할 폴더 선택</translation>
    </message>
    <message>
        <source>Rename this library</source>
        <translation>이 라이브러리 이름 바꾸기</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
</context>
<context>
    <name>LookedAt</name>
    <message>
        <source>Continue</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Look at the other photos, too</source>
        <translation>나머지 사진도 살펴보기</translation>
    </message>
</context>
<context>
    <name>LowQualityView</name>
    <message>
        <source>Keep</source>
        <translation>보관</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>휴지통</translation>
    </message>
    <message>
        <source>This is fine</source>
        <translation>괜찮음</translation>
    </message>
    <message>
        <source>Flaws</source>
        <translation>결함</translation>
    </message>
    <message>
        <source>Flagged photos</source>
        <translation>결함이 있는 사진</translation>
    </message>
    <message>
        <source>Never flag this photo for this flaw again, also after a new scan (G)</source>
        <translation>다시 분석하더라도 이 결함으로 이 사진을 지적하지 않기 (G)</translation>
    </message>
    <message>
        <source>Sensitivity: {0}</source>
        <translation>민감도: {0}</translation>
    </message>
    <message>
        <source>List them here too, where G takes it back that they are fine</source>
        <translation>괜찮음으로 정한 사진도 보여 주며 G로 취소할 수 있습니다</translation>
    </message>
    <message>
        <source>Low quality</source>
        <translation>저품질</translation>
    </message>
    <message>
        <source>finds fewer</source>
        <translation>적게 찾기</translation>
    </message>
    <message>
        <source>finds more</source>
        <translation>많이 찾기</translation>
    </message>
    <message>
        <source>Show what you called fine: {0}</source>
        <translation>괜찮음으로 정한 사진 보기: {0}</translation>
    </message>
    <message numerus="yes">
        <source>Keep %Ln</source>
        <translation>
            <numerusform>%Ln장 보관</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Trash %Ln</source>
        <translation>
            <numerusform>%Ln장 휴지통</numerusform>
        </translation>
    </message>
    <message>
        <source>Not fine after all</source>
        <translation>괜찮음 취소</translation>
    </message>
    <message>
        <source>Flag this photo for this flaw again (G)</source>
        <translation>이 사진을 다시 이 결함으로 지적하기 (G)</translation>
    </message>
    <message>
        <source>Flagged photos appear here while photos are analysed.</source>
        <translation>사진을 분석하는 동안 결함이 있는 사진이 여기에 나타납니다.</translation>
    </message>
    <message>
        <source>No photo is flagged for this. Moving the slider to the right finds more.</source>
        <translation>이 결함이 있는 사진이 없습니다. 슬라이더를 오른쪽으로 옮기면 더 찾습니다.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Photo Organizer</source>
        <translation>Photo Organizer</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>알겠습니다</translation>
    </message>
</context>
<context>
    <name>ModelArrival</name>
    <message>
        <source>Waiting…</source>
        <translation>기다리는 중…</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{1} 중 {0}</translation>
    </message>
    <message>
        <source>Unpacking…</source>
        <translation>푸는 중…</translation>
    </message>
    <message>
        <source>Checking what {} knows…</source>
        <translation>{} 모델이 무엇을 알아보는지 확인하는 중…</translation>
    </message>
    <message>
        <source>{} %</source>
        <translation>{}%</translation>
    </message>
    <message>
        <source>{0} did not arrive: {1}</source>
        <translation>{0} 모델을 받지 못했습니다: {1}</translation>
    </message>
</context>
<context>
    <name>ModelImport</name>
    <message>
        <source>Import a model</source>
        <translation>모델 가져오기</translation>
    </message>
    <message>
        <source>Which model it is</source>
        <translation>어떤 모델인가요</translation>
    </message>
    <message>
        <source>Architecture and training as open_clip calls them. Choose one, or type another, such as ViT-B-32/laion2b_s34b_b79k. The file is copied, and shows what it knows before it is used.</source>
        <translation>open_clip이 부르는 구조와 학습의 이름입니다. 하나를 고르거나 ViT-B-32/laion2b_s34b_b79k처럼 직접 입력하세요. 파일을 복사한 다음 무엇을 알아보는지 확인하고 나서 사용합니다.</translation>
    </message>
    <message>
        <source>Progress of the import</source>
        <translation>가져오기 진행률</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>가져오기</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Choose the weights of a model</source>
        <translation>모델의 가중치 파일 선택</translation>
    </message>
    <message>
        <source>Weights of models (*.safetensors *.bin *.pt *.pth)</source>
        <translation>모델 가중치 (*.safetensors *.bin *.pt *.pth)</translation>
    </message>
    <message>
        <source>Copying the file…</source>
        <translation>파일을 복사하는 중…</translation>
    </message>
</context>
<context>
    <name>ModelOffer</name>
    <message>
        <source>Progress of the download</source>
        <translation>다운로드 진행률</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>다운로드</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Stop for now; it goes on from here later</source>
        <translation>지금은 멈추고 나중에 이어서 받습니다</translation>
    </message>
    <message>
        <source>{0} adds {1}</source>
        <translation>{0}: {1}</translation>
    </message>
    <message>
        <source>Download again</source>
        <translation>다시 다운로드</translation>
    </message>
    <message>
        <source>It arrives while you work; then your photos are looked at again.</source>
        <translation>작업하는 동안 다운로드하며, 끝나면 사진을 다시 분석합니다.</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>The starter model is ready. It works offline and knows the built-in categories, but no free text.</source>
        <translation>기본 모델을 바로 쓸 수 있습니다. 인터넷 없이 작동하며 기본 카테고리를 알아보지만 자유로운 문장은 모릅니다.</translation>
    </message>
    <message>
        <source>Download {0}</source>
        <translation>다운로드 ({0})</translation>
    </message>
</context>
<context>
    <name>ModelPage</name>
    <message>
        <source>What recognises your photos</source>
        <translation>사진을 알아보는 모델</translation>
    </message>
    <message>
        <source>Another model looks at every photo again, at the next analysis.</source>
        <translation>모델을 바꾸면 다음 분석에서 모든 사진을 다시 봅니다.</translation>
    </message>
    <message>
        <source>Compute on</source>
        <translation>연산 장치</translation>
    </message>
    <message>
        <source>More models</source>
        <translation>다른 모델</translation>
    </message>
    <message>
        <source>Import a model…</source>
        <translation>모델 가져오기…</translation>
    </message>
    <message>
        <source>Weights of open_clip from a file of yours</source>
        <translation>가지고 있는 파일에서 open_clip 가중치를 가져옵니다</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>The best one installed for this machine.</source>
        <translation>설치된 모델 중 이 컴퓨터에 가장 알맞은 것을 씁니다.</translation>
    </message>
    <message>
        <source>Not installed at present.</source>
        <translation>지금은 설치되어 있지 않습니다.</translation>
    </message>
    <message>
        <source>Looking for it…</source>
        <translation>찾는 중…</translation>
    </message>
    <message>
        <source>On another computer</source>
        <translation>다른 컴퓨터</translation>
    </message>
    <message>
        <source>On another computer: reduced pictures of your photos are sent to {}.</source>
        <translation>다른 컴퓨터의 모델입니다. 줄인 사진을 {}(으)로 보냅니다.</translation>
    </message>
    <message>
        <source>Remove a model</source>
        <translation>모델 제거</translation>
    </message>
    <message>
        <source>Remove {}?</source>
        <translation>{} 모델을 제거할까요?</translation>
    </message>
    <message>
        <source>Its files are deleted: {}. Photos, stars and everything else stay as they are, and it can be installed again.</source>
        <translation>모델 파일 {}이(가) 삭제됩니다. 사진과 별점 등 나머지는 그대로이며 모델은 다시 설치할 수 있습니다.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>제거</translation>
    </message>
    <message>
        <source>{} (not on this machine)</source>
        <translation>{} (이 컴퓨터에 없음)</translation>
    </message>
    <message>
        <source>In use for the photos shown: {}</source>
        <translation>지금 보이는 사진에 사용한 모델: {}</translation>
    </message>
</context>
<context>
    <name>ModelRow</name>
    <message>
        <source>Recommended</source>
        <translation>권장</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>지금 확인</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Stop for now; it goes on from here later</source>
        <translation>지금은 멈추고 나중에 이어서 받습니다</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Stop it; what has arrived is kept for another time</source>
        <translation>중지합니다. 받은 부분은 다음에 이어서 받도록 남겨 둡니다</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>제거…</translation>
    </message>
    <message>
        <source>Not installed at present.</source>
        <translation>지금은 설치되어 있지 않습니다.</translation>
    </message>
    <message>
        <source>{} Works in the full program only.</source>
        <translation>{} 전체 프로그램에서만 작동합니다.</translation>
    </message>
    <message>
        <source>Not checked yet: that is done at the latest when it is used.</source>
        <translation>아직 확인하지 않았습니다. 늦어도 처음 쓸 때 확인합니다.</translation>
    </message>
    <message>
        <source>Progress of {}</source>
        <translation>{} 진행률</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Download again</source>
        <translation>다시 다운로드</translation>
    </message>
    <message>
        <source>Download {0}</source>
        <translation>다운로드 ({0})</translation>
    </message>
</context>
<context>
    <name>MoveSheet</name>
    <message>
        <source>Move to folder</source>
        <translation>폴더로 옮기기</translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln photos to “{}”?</source>
        <translation>
            <numerusform>사진 %Ln장을 “{}”(으)로 옮길까요?</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing can be moved</source>
        <translation>옮길 수 있는 사진이 없습니다</translation>
    </message>
    <message>
        <source>The files themselves are moved on the drive. Nothing there is overwritten, and Undo brings everything back.</source>
        <translation>드라이브에 있는 파일 자체를 옮깁니다. 그곳의 파일은 덮어쓰지 않으며, 실행 취소로 모두 되돌릴 수 있습니다.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln photos</source>
        <translation>
            <numerusform>사진 %Ln장 옮기기</numerusform>
        </translation>
    </message>
    <message>
        <source>{} will be moved.</source>
        <translation>{}를 옮깁니다.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files go along (RAW, videos or sidecars of their names).</source>
        <translation>
            <numerusform>이름이 같은 파일 %Ln개(RAW, 동영상, 사이드카)도 함께 옮깁니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos stay.</source>
        <translation>
            <numerusform>사진 %Ln장은 그대로 둡니다.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MovedNotices</name>
    <message>
        <source>Show</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
</context>
<context>
    <name>NameField</name>
    <message>
        <source>Own pattern</source>
        <translation>직접 만든 형식</translation>
    </message>
    <message>
        <source>Each word in braces stands for what the photo says: {rank:03} is its place in three digits. The buttons insert them.</source>
        <translation>중괄호 안의 말은 사진마다 다른 값으로 바뀝니다. {rank:03}은 순위를 세 자리로 쓴 것입니다. 아래 버튼으로 넣을 수 있습니다.</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>순위</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>파일 이름</translation>
    </message>
    <message>
        <source>Name without ending</source>
        <translation>확장자를 뺀 이름</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>날짜</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>그룹</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>점수</translation>
    </message>
    <message>
        <source>Insert {}</source>
        <translation>{} 넣기</translation>
    </message>
    <message>
        <source>Rank, then the name of the file</source>
        <translation>순위, 파일 이름</translation>
    </message>
    <message>
        <source>The name of the file as it is</source>
        <translation>원래 파일 이름 그대로</translation>
    </message>
    <message>
        <source>Day, rank, then the name of the file</source>
        <translation>날짜, 순위, 파일 이름</translation>
    </message>
    <message>
        <source>Group, then rank</source>
        <translation>그룹, 순위</translation>
    </message>
    <message>
        <source>Own pattern…</source>
        <translation>직접 만들기…</translation>
    </message>
    <message>
        <source>Such as {}</source>
        <translation>예: {}</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>Notifications</name>
    <message>
        <source>Photo Organizer</source>
        <translation>Photo Organizer</translation>
    </message>
</context>
<context>
    <name>OpenWith</name>
    <message>
        <source>Open in the default program</source>
        <translation>기본 프로그램으로 열기</translation>
    </message>
    <message>
        <source>Open with</source>
        <translation>다른 프로그램으로 열기</translation>
    </message>
    <message>
        <source>The system has no program that opens {0}.</source>
        <translation>{0}을(를) 열 수 있는 프로그램이 없습니다.</translation>
    </message>
    <message>
        <source>Looking for programs…</source>
        <translation>프로그램을 찾는 중…</translation>
    </message>
    <message>
        <source>Another program…</source>
        <translation>다른 프로그램…</translation>
    </message>
    <message>
        <source>Choose a program</source>
        <translation>프로그램 선택</translation>
    </message>
    <message>
        <source>Programs</source>
        <translation>프로그램</translation>
    </message>
    <message>
        <source>{0} could not be started.</source>
        <translation>{0}을(를) 시작하지 못했습니다.</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>Last time it was stopped ({}). It goes on from there.</source>
        <translation>지난번에는 도중에 멈췄습니다({}). 거기서부터 이어서 살펴봅니다.</translation>
    </message>
    <message>
        <source>Only folders and photos can be opened.</source>
        <translation>폴더와 사진만 열 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>OperationDelegate</name>
    <message>
        <source>taken back</source>
        <translation>되돌림</translation>
    </message>
    <message>
        <source>no longer in the trash</source>
        <translation>휴지통에 더 이상 없음</translation>
    </message>
</context>
<context>
    <name>OutcomePage</name>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>완료</translation>
    </message>
</context>
<context>
    <name>OwnCategories</name>
    <message numerus="yes">
        <source>%Ln photos are in {} now.</source>
        <translation>
            <numerusform>이제 사진 %Ln장이 {}에 있습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The program chooses the category of %Ln photos again.</source>
        <translation>
            <numerusform>사진 %Ln장의 카테고리를 다시 프로그램이 고릅니다.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PartModel</name>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>사진 %Ln장</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PhotoCanvas</name>
    <message>
        <source>Photo</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>This photo cannot be shown: {0}</source>
        <translation>이 사진을 표시할 수 없습니다: {0}</translation>
    </message>
</context>
<context>
    <name>PhotoChips</name>
    <message>
        <source>Marked for the trash</source>
        <translation>휴지통 표시됨</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>제외됨</translation>
    </message>
    <message>
        <source>Rejected in its file</source>
        <translation>파일에 제외로 표시됨</translation>
    </message>
    <message>
        <source>Suggested keeper</source>
        <translation>보관 추천</translation>
    </message>
    <message>
        <source>One of {0} alike</source>
        <translation>비슷한 사진 {0}장 중 하나</translation>
    </message>
</context>
<context>
    <name>PhotoCommands</name>
    <message>
        <source>Keep</source>
        <translation>보관</translation>
    </message>
    <message>
        <source>Keep the selected photos</source>
        <translation>선택한 사진을 보관합니다</translation>
    </message>
    <message>
        <source>Mark for the trash</source>
        <translation>휴지통 표시</translation>
    </message>
    <message>
        <source>Mark the selected photos; nothing is moved before you clean up</source>
        <translation>선택한 사진에 휴지통 표시를 합니다. 정리하기 전에는 아무것도 옮기지 않습니다</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Copy the selected files, to paste them into another program</source>
        <translation>선택한 파일을 복사해 다른 프로그램에 붙여 넣습니다</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>폴더에서 보기</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>내보내기…</translation>
    </message>
    <message>
        <source>Copies, a contact sheet or star ratings of the selected photos</source>
        <translation>선택한 사진의 사본, 콘택트 시트 또는 별점을 만듭니다</translation>
    </message>
    <message>
        <source>1 star</source>
        <translation>별 1개</translation>
    </message>
    <message>
        <source>2 stars</source>
        <translation>별 2개</translation>
    </message>
    <message>
        <source>3 stars</source>
        <translation>별 3개</translation>
    </message>
    <message>
        <source>4 stars</source>
        <translation>별 4개</translation>
    </message>
    <message>
        <source>5 stars (pick)</source>
        <translation>별 5개(선택)</translation>
    </message>
    <message>
        <source>Pick the selected photos: they get five stars</source>
        <translation>선택한 사진에 별 5개를 줍니다</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>제외</translation>
    </message>
    <message>
        <source>Not for the highlights; the photo stays where it is</source>
        <translation>하이라이트에서만 빼며 사진은 그대로 있습니다</translation>
    </message>
    <message>
        <source>No rating</source>
        <translation>별점 없음</translation>
    </message>
    <message>
        <source>Take stars or rejection away</source>
        <translation>별점이나 제외를 지웁니다</translation>
    </message>
</context>
<context>
    <name>PhotoGrid</name>
    <message>
        <source>Photos</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>The photos appear here in a moment</source>
        <translation>잠시 후 여기에 사진이 표시됩니다</translation>
    </message>
    <message>
        <source>No photo passes the filters</source>
        <translation>필터에 맞는 사진이 없습니다</translation>
    </message>
    <message>
        <source>No photo passes the filters so far</source>
        <translation>지금까지 필터에 맞는 사진이 없습니다</translation>
    </message>
    <message>
        <source>No photos here</source>
        <translation>사진이 없습니다</translation>
    </message>
</context>
<context>
    <name>PhotoModel</name>
    <message>
        <source>Date from: {}</source>
        <translation>날짜 출처: {}</translation>
    </message>
    <message>
        <source>marked for the trash</source>
        <translation>휴지통 표시됨</translation>
    </message>
    <message>
        <source>here until sorted again</source>
        <translation>다시 정렬할 때까지 여기 있음</translation>
    </message>
</context>
<context>
    <name>PhotoPreview</name>
    <message>
        <source>Fit</source>
        <translation>맞춤</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100%</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>폴더에서 보기</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>미리보기</translation>
    </message>
    <message numerus="yes">
        <source>Suggested keeper of %Ln photos: {}</source>
        <translation>
            <numerusform>사진 %Ln장 중 보관 추천: {}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>One of %Ln alike photos; suggested keeper: {}</source>
        <translation>
            <numerusform>비슷한 사진 %Ln장 중 하나, 보관 추천: {}</numerusform>
        </translation>
    </message>
    <message>
        <source>Marked for the trash.</source>
        <translation>휴지통 표시됨.</translation>
    </message>
    <message>
        <source>In {}: you put it there.</source>
        <translation>‘{}’에 직접 넣은 사진입니다.</translation>
    </message>
    <message>
        <source>In {}: it is like a photo that you put there.</source>
        <translation>직접 넣은 사진과 비슷해서 ‘{}’에 있습니다.</translation>
    </message>
    <message>
        <source>In {0}: it is like {1}, which you put there.</source>
        <translation>직접 넣은 {1}와(과) 비슷해서 ‘{0}’에 있습니다.</translation>
    </message>
    <message>
        <source>{0}: {1} {2} ({3})</source>
        <translation>{0}: {1} {2} ({3})</translation>
    </message>
    <message>
        <source>{0}: {1} {2}</source>
        <translation>{0}: {1} {2}</translation>
    </message>
    <message>
        <source>{0}: {1} {2} (general score {3} on its own scale)</source>
        <translation>{0}: {1} {2} (일반 점수 자체 척도로 {3})</translation>
    </message>
    <message>
        <source>{0}: {1} {2} ({3} on its own scale)</source>
        <translation>{0}: {1} {2} (자체 척도로 {3})</translation>
    </message>
    <message>
        <source>Highlight {0} of {1}</source>
        <translation>하이라이트 {1}장 중 {0}위</translation>
    </message>
    <message>
        <source>Highlight {0} of {1}, {2} of {3} in {4}</source>
        <translation>하이라이트 {1}장 중 {0}위, {4} {3}장 중 {2}위</translation>
    </message>
    <message>
        <source>Show the whole photo (Ctrl+0)</source>
        <translation>사진 전체 보기 (Ctrl+0)</translation>
    </message>
    <message>
        <source>Show every pixel (Z)</source>
        <translation>모든 픽셀 보기 (Z)</translation>
    </message>
    <message>
        <source>Zoom {0} %</source>
        <translation>확대 {0}%</translation>
    </message>
</context>
<context>
    <name>PhotoViewer</name>
    <message>
        <source>Photo</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>View full screen</source>
        <translation>전체 화면으로 보기</translation>
    </message>
    <message>
        <source>Leave full screen</source>
        <translation>전체 화면 끝내기</translation>
    </message>
    <message>
        <source>This is the first photo</source>
        <translation>첫 번째 사진입니다</translation>
    </message>
    <message>
        <source>This is the last photo</source>
        <translation>마지막 사진입니다</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0}/{1}</translation>
    </message>
    <message>
        <source>{0} of {1} selected</source>
        <translation>선택한 사진 {0}/{1}</translation>
    </message>
    <message>
        <source>Photo {0}</source>
        <translation>사진 {0}</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0}%</translation>
    </message>
    <message>
        <source>Turned for viewing only; the file is not changed</source>
        <translation>보기만 돌렸으며 파일은 바꾸지 않습니다</translation>
    </message>
    <message>
        <source>Slideshow</source>
        <translation>슬라이드 쇼</translation>
    </message>
</context>
<context>
    <name>ProblemsModel</name>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>내용</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>이유</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
</context>
<context>
    <name>ProblemsView</name>
    <message>
        <source>Show in folder</source>
        <translation>폴더에서 보기</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>다시 살펴보기</translation>
    </message>
    <message>
        <source>Analyse the files that were left out once more; the others are known</source>
        <translation>건너뛴 파일만 다시 분석합니다. 나머지는 이미 알고 있습니다</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>문제</translation>
    </message>
    <message numerus="yes">
        <source>%Ln problems</source>
        <translation>
            <numerusform>문제 %Ln건</numerusform>
        </translation>
    </message>
    <message>
        <source>No problems</source>
        <translation>문제 없음</translation>
    </message>
    <message numerus="yes">
        <source>%Ln problems so far</source>
        <translation>
            <numerusform>지금까지 문제 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <source>No problem so far</source>
        <translation>지금까지 문제 없음</translation>
    </message>
</context>
<context>
    <name>ProgramCommands</name>
    <message>
        <source>Settings…</source>
        <translation>설정…</translation>
    </message>
    <message>
        <source>Keepers, folders, model and thumbnails</source>
        <translation>보관 기준, 폴더, 모델, 썸네일</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>Find a command…</source>
        <translation>명령 찾기…</translation>
    </message>
    <message>
        <source>Type a few letters of what you would like to do</source>
        <translation>하려는 일의 몇 글자를 입력하세요</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>What the keys do</source>
        <translation>키로 할 수 있는 일</translation>
    </message>
</context>
<context>
    <name>ProgressPage</name>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0}/{1}</translation>
    </message>
</context>
<context>
    <name>QualityCommands</name>
    <message>
        <source>This photo is fine</source>
        <translation>이 사진은 괜찮음</translation>
    </message>
    <message>
        <source>Never flag this photo for this flaw again, also after a new scan</source>
        <translation>다시 분석하더라도 이 결함으로 이 사진을 지적하지 않기</translation>
    </message>
    <message>
        <source>Mark all above this strength</source>
        <translation>이 정도 이상을 모두 표시</translation>
    </message>
    <message>
        <source>Photos with stars, in protected folders, and such as you kept stay</source>
        <translation>별점이 있거나 보호된 폴더에 있거나 보관하기로 한 사진은 그대로 둡니다</translation>
    </message>
    <message>
        <source>Go from photo to photo</source>
        <translation>사진 사이를 이동</translation>
    </message>
    <message>
        <source>Go from flaw to flaw</source>
        <translation>결함 사이를 이동</translation>
    </message>
</context>
<context>
    <name>QuestionPage</name>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message numerus="yes">
        <source>Export %Ln photos</source>
        <translation>
            <numerusform>사진 %Ln장 내보내기</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them are marked for the trash. They are exported all the same, because you chose them.</source>
        <translation>
            <numerusform>그중 %Ln장에는 휴지통 표시가 있습니다. 직접 고른 사진이므로 그대로 내보냅니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Link %Ln photos</source>
        <translation>
            <numerusform>사진 %Ln장 연결</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copy %Ln photos</source>
        <translation>
            <numerusform>사진 %Ln장 복사</numerusform>
        </translation>
    </message>
    <message>
        <source>Draw the contact sheet</source>
        <translation>콘택트 시트 만들기</translation>
    </message>
    <message>
        <source>Write ratings</source>
        <translation>별점 저장</translation>
    </message>
    <message>
        <source>Nothing that exists is overwritten.</source>
        <translation>이미 있는 파일은 덮어쓰지 않습니다.</translation>
    </message>
    <message>
        <source>There is not enough room: {0} are needed, {1} are free.</source>
        <translation>공간이 부족합니다. {0}가 필요하지만 {1}만 남아 있습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln names exist there already: what has them stays as it is.</source>
        <translation>
            <numerusform>이름 %Ln개가 이미 있습니다. 있는 파일은 그대로 둡니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>{} will be copied into your library: the next analysis finds the copies as duplicates.</source>
        <translation>{}를 라이브러리 안으로 복사합니다. 다음 분석에서 이 사본을 중복 사진으로 찾습니다.</translation>
    </message>
    <message>
        <source>No copy says where its photo was taken.</source>
        <translation>사본에는 촬영한 곳이 남지 않습니다.</translation>
    </message>
    <message>
        <source>{} will be copied.</source>
        <translation>{}를 복사합니다.</translation>
    </message>
    <message>
        <source>About {} will be written, as JPEG.</source>
        <translation>JPEG으로 약 {}이(가) 기록됩니다.</translation>
    </message>
    <message numerus="yes">
        <source>About {} will be written, %Ln photos as JPEG.</source>
        <translation>
            <numerusform>약 {}이(가) 기록되며, 그중 사진 %Ln장은 JPEG이 됩니다.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SchemeCommands</name>
    <message>
        <source>Colours like the system</source>
        <translation>시스템과 같은 색</translation>
    </message>
    <message>
        <source>Light colours</source>
        <translation>밝은 색</translation>
    </message>
    <message>
        <source>Dark colours</source>
        <translation>어두운 색</translation>
    </message>
</context>
<context>
    <name>SearchCommands</name>
    <message>
        <source>Search photos</source>
        <translation>사진 검색</translation>
    </message>
    <message>
        <source>By what they show, by name, folder, date or camera</source>
        <translation>사진 속 내용, 이름, 폴더, 날짜, 카메라로 찾습니다</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>비슷한 사진 찾기</translation>
    </message>
    <message>
        <source>Find the photos that are most like the selected ones</source>
        <translation>선택한 사진과 가장 비슷한 사진을 찾습니다</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search photos</source>
        <translation>사진 검색</translation>
    </message>
    <message>
        <source>What photos show, names, folders, dates, cameras (Ctrl+F). A minus leaves out: beach -people. A photo dropped here finds photos like it.</source>
        <translation>사진 속 내용, 이름, 폴더, 날짜, 카메라로 찾습니다(Ctrl+F). 빼기 기호를 붙이면 제외합니다: 해변 -사람. 사진을 여기에 놓으면 비슷한 사진을 찾습니다.</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>비우기</translation>
    </message>
</context>
<context>
    <name>SearchView</name>
    <message>
        <source>Ways of finding</source>
        <translation>찾는 방법</translation>
    </message>
    <message>
        <source>Best first</source>
        <translation>잘 맞는 순서</translation>
    </message>
    <message>
        <source>What they show</source>
        <translation>사진 속 내용</translation>
    </message>
    <message>
        <source>Name, folder, date, camera</source>
        <translation>이름, 폴더, 날짜, 카메라</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>검색</translation>
    </message>
    <message>
        <source>Get the model for any words</source>
        <translation>자유로운 말 모델 받기</translation>
    </message>
    <message>
        <source>All</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>“{}”</source>
        <translation>‘{}’</translation>
    </message>
    <message>
        <source>More like {}</source>
        <translation>{}와(과) 비슷한 사진</translation>
    </message>
    <message numerus="yes">
        <source>More like %Ln photos</source>
        <translation>
            <numerusform>사진 %Ln장과 비슷한 사진</numerusform>
        </translation>
    </message>
    <message>
        <source>Names and folders first; what photos show follows in a moment…</source>
        <translation>이름과 폴더부터 보여 줍니다. 사진 속 내용은 곧 이어집니다…</translation>
    </message>
    <message>
        <source>Type above what you look for: what photos show, a name, a folder, a camera or a date such as 2024-05. A minus before a word leaves out what shows it. Or choose “More like this” of a photo, and type what is to be different.</source>
        <translation>찾을 것을 위에 입력하세요. 사진 속 내용, 이름, 폴더, 카메라, 2024-05 같은 날짜로 찾습니다. 낱말 앞에 빼기 기호를 붙이면 그것이 보이는 사진을 제외합니다. 사진에서 “비슷한 사진 찾기”를 고른 다음 달라야 할 점을 입력할 수도 있습니다.</translation>
    </message>
    <message>
        <source>Nothing fits.</source>
        <translation>맞는 사진이 없습니다.</translation>
    </message>
    <message>
        <source>Names, folders, dates and cameras are searched; what photos show follows as soon as all of them are analysed.</source>
        <translation>지금은 이름, 폴더, 날짜, 카메라만 찾습니다. 사진 속 내용은 분석이 모두 끝나면 찾습니다.</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>찾는 중…</translation>
    </message>
    <message>
        <source>No photos are like this one.</source>
        <translation>이 사진과 비슷한 사진이 없습니다.</translation>
    </message>
    <message>
        <source>No photo meets all of it. Each alone:</source>
        <translation>모두에 맞는 사진은 없습니다. 하나씩 보면:</translation>
    </message>
    <message>
        <source>No name, folder, date or camera says this either.</source>
        <translation>이름, 폴더, 날짜, 카메라에도 없습니다.</translation>
    </message>
</context>
<context>
    <name>SelectedLabel</name>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>%Ln장 선택됨</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>{} is installed. You can choose it in the settings.</source>
        <translation>{} 모델을 설치했습니다. 설정에서 고를 수 있습니다.</translation>
    </message>
    <message>
        <source>{} is installed. Your photos are looked at again now.</source>
        <translation>{} 모델을 설치했습니다. 지금 사진을 다시 분석합니다.</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>General</source>
        <translation>일반</translation>
    </message>
    <message>
        <source>Keepers</source>
        <translation>보관 기준</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>얼굴</translation>
    </message>
    <message>
        <source>Computers</source>
        <translation>컴퓨터</translation>
    </message>
    <message>
        <source>Thumbnails</source>
        <translation>썸네일</translation>
    </message>
    <message>
        <source>What you changed takes effect with the next analysis.</source>
        <translation>바꾼 내용은 다음 분석부터 적용됩니다.</translation>
    </message>
    <message>
        <source>Analyse again</source>
        <translation>다시 분석</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Shortcuts</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>SortLine</name>
    <message>
        <source>Sort again</source>
        <translation>다시 정렬</translation>
    </message>
    <message>
        <source>Sort and filter by what you decided here (Ctrl+Shift+S)</source>
        <translation>여기서 정한 대로 다시 정렬하고 거릅니다 (Ctrl+Shift+S)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln changes</source>
        <translation>
            <numerusform>변경 %Ln개</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StarNote</name>
    <message>
        <source>Rejected</source>
        <translation>제외됨</translation>
    </message>
</context>
<context>
    <name>StarRow</name>
    <message>
        <source>Rating</source>
        <translation>별점</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>제외</translation>
    </message>
    <message>
        <source>{0} ({1})</source>
        <translation>{0} ({1})</translation>
    </message>
    <message>
        <source>Reject (X)</source>
        <translation>제외 (X)</translation>
    </message>
    <message>
        <source>not rated</source>
        <translation>별점 없음</translation>
    </message>
</context>
<context>
    <name>StatusArea</name>
    <message>
        <source>Continue</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Look at the other photos, too</source>
        <translation>나머지 사진도 살펴보기</translation>
    </message>
    <message>
        <source>No folder open</source>
        <translation>열린 폴더 없음</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>사진 %Ln장</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln videos are not looked at</source>
        <translation>
            <numerusform>동영상 %Ln개는 살펴보지 않음</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln skipped</source>
        <translation>
            <numerusform>%Ln개 건너뜀</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln decisions wait to be stored</source>
        <translation>
            <numerusform>결정 %Ln개가 저장을 기다리는 중</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TasteLine</name>
    <message>
        <source>Ratings until the taste is learned</source>
        <translation>취향을 배우기까지 필요한 별점</translation>
    </message>
    <message>
        <source>What was learned from your ratings, and how much it counts</source>
        <translation>별점에서 배운 취향과 반영 비율</translation>
    </message>
    <message>
        <source>Ranked by {}</source>
        <translation>순위 기준: {}</translation>
    </message>
    <message>
        <source>My taste: off</source>
        <translation>내 취향: 꺼짐</translation>
    </message>
    <message numerus="yes">
        <source>My taste: {} of %Ln ratings</source>
        <translation>
            <numerusform>내 취향: 별점 {}/%Ln개</numerusform>
        </translation>
    </message>
    <message>
        <source>My taste: {} %</source>
        <translation>내 취향: {}%</translation>
    </message>
    <message>
        <source>My taste</source>
        <translation>내 취향</translation>
    </message>
</context>
<context>
    <name>TastePanel</name>
    <message>
        <source>My taste</source>
        <translation>내 취향</translation>
    </message>
    <message>
        <source>How much of it counts</source>
        <translation>반영 비율</translation>
    </message>
    <message>
        <source>Rate photos with 1 to 5, pick with P, reject with X; 0 takes a rating back. Ratings stay on this computer.</source>
        <translation>1–5로 별점을 주고 P로 선택, X로 제외하며 0으로 별점을 지웁니다. 별점은 이 컴퓨터에만 남습니다.</translation>
    </message>
    <message>
        <source>Forget my ratings…</source>
        <translation>내 별점 지우기…</translation>
    </message>
    <message>
        <source>off</source>
        <translation>끄기</translation>
    </message>
    <message>
        <source>all that was learned</source>
        <translation>배운 만큼 모두</translation>
    </message>
    <message>
        <source>Switched off: the ranking follows the general score alone.</source>
        <translation>꺼짐: 일반 점수만으로 순위를 매깁니다.</translation>
    </message>
    <message>
        <source>It is learned from the photos that you rate.</source>
        <translation>별점을 준 사진에서 취향을 배웁니다.</translation>
    </message>
    <message>
        <source>{} %</source>
        <translation>{}%</translation>
    </message>
    <message>
        <source>Forget my ratings</source>
        <translation>내 별점 지우기</translation>
    </message>
    <message numerus="yes">
        <source>Forget %Ln ratings, and what was learned from them?</source>
        <translation>
            <numerusform>별점 %Ln개와 거기에서 배운 취향을 지울까요?</numerusform>
        </translation>
    </message>
    <message>
        <source>The stars of all your libraries go; Undo brings them back. Photos, and ratings in XMP files, stay as they are.</source>
        <translation>모든 라이브러리의 별점이 지워지며, 실행 취소로 되돌릴 수 있습니다. 사진과 XMP 파일의 별점은 그대로 남습니다.</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>지우기</translation>
    </message>
</context>
<context>
    <name>TermChip</name>
    <message>
        <source>Ask for {}</source>
        <translation>{} 찾기</translation>
    </message>
    <message>
        <source>Leave out {}</source>
        <translation>{} 제외하기</translation>
    </message>
    <message>
        <source>Do not ask for {}</source>
        <translation>{} 조건 지우기</translation>
    </message>
</context>
<context>
    <name>ThresholdSlider</name>
    <message>
        <source>Default</source>
        <translation>기본값</translation>
    </message>
    <message>
        <source>Back to the value the program came with</source>
        <translation>프로그램의 처음 값으로 되돌립니다</translation>
    </message>
    <message>
        <source>{0} to {1}</source>
        <translation>{0} – {1}</translation>
    </message>
</context>
<context>
    <name>ThumbnailsPage</name>
    <message>
        <source>Thumbnails on disk</source>
        <translation>디스크의 썸네일</translation>
    </message>
    <message>
        <source>They let photos appear at once. They can be made again at any time; your photos are not touched.</source>
        <translation>썸네일이 있으면 사진이 바로 나타납니다. 언제든 다시 만들 수 있으며 사진은 건드리지 않습니다.</translation>
    </message>
    <message>
        <source>{} MiB</source>
        <translation>{}MiB</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>최대 크기</translation>
    </message>
    <message>
        <source>The most that thumbnails may take on disk</source>
        <translation>디스크의 썸네일 최대 크기</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>비우기</translation>
    </message>
    <message>
        <source>Clear the thumbnails on disk</source>
        <translation>디스크의 썸네일 비우기</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>재는 중…</translation>
    </message>
    <message>
        <source>In use: {}</source>
        <translation>사용 중: {}</translation>
    </message>
</context>
<context>
    <name>ToolBar</name>
    <message>
        <source>Tools</source>
        <translation>도구</translation>
    </message>
</context>
<context>
    <name>UndoNotices</name>
    <message>
        <source>Nothing was changed: {}</source>
        <translation>바뀐 것이 없습니다: {}</translation>
    </message>
    <message>
        <source>Undone: {}</source>
        <translation>되돌렸습니다: {}</translation>
    </message>
    <message>
        <source>Done again: {}</source>
        <translation>다시 실행했습니다: {}</translation>
    </message>
    <message>
        <source>Done: {}</source>
        <translation>완료: {}</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>모두 보기</translation>
    </message>
</context>
<context>
    <name>ViewCommands</name>
    <message>
        <source>Preview</source>
        <translation>미리보기</translation>
    </message>
    <message>
        <source>Show or hide the preview</source>
        <translation>미리보기 표시 또는 숨기기</translation>
    </message>
</context>
<context>
    <name>ViewerBar</name>
    <message>
        <source>Back to the library</source>
        <translation>라이브러리로 돌아가기</translation>
    </message>
    <message>
        <source>Mark for the trash</source>
        <translation>휴지통 표시</translation>
    </message>
    <message>
        <source>Rotate left, for viewing only</source>
        <translation>왼쪽으로 돌려 보기</translation>
    </message>
    <message>
        <source>Rotate right, for viewing only</source>
        <translation>오른쪽으로 돌려 보기</translation>
    </message>
    <message>
        <source>Slideshow</source>
        <translation>슬라이드 쇼</translation>
    </message>
    <message>
        <source>How long each photo stays</source>
        <translation>사진마다 보여 주는 시간</translation>
    </message>
    <message>
        <source>In random order</source>
        <translation>무작위 순서</translation>
    </message>
    <message>
        <source>Facts of the photo</source>
        <translation>사진 정보</translation>
    </message>
    <message numerus="yes">
        <source>%Ln seconds</source>
        <translation>
            <numerusform>%Ln초</numerusform>
        </translation>
    </message>
    <message>
        <source>Space</source>
        <translation>스페이스</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>{} s</source>
        <translation>{}초</translation>
    </message>
</context>
<context>
    <name>ViewerCommands</name>
    <message>
        <source>View full screen</source>
        <translation>전체 화면으로 보기</translation>
    </message>
    <message>
        <source>Slideshow</source>
        <translation>슬라이드 쇼</translation>
    </message>
    <message>
        <source>Show the selected photos, or all that are listed, by themselves</source>
        <translation>선택한 사진이나 목록의 모든 사진만 화면에 봅니다</translation>
    </message>
    <message>
        <source>Rotate right, for viewing only</source>
        <translation>오른쪽으로 돌려 보기</translation>
    </message>
    <message>
        <source>The file is not changed</source>
        <translation>파일은 바꾸지 않습니다</translation>
    </message>
    <message>
        <source>Rotate left, for viewing only</source>
        <translation>왼쪽으로 돌려 보기</translation>
    </message>
    <message>
        <source>Full screen: zoom to the next face</source>
        <translation>전체 화면: 다음 얼굴 확대</translation>
    </message>
    <message>
        <source>Full screen: zoom to the previous face</source>
        <translation>전체 화면: 이전 얼굴 확대</translation>
    </message>
    <message>
        <source>Full screen: facts of the photo</source>
        <translation>전체 화면: 사진 정보</translation>
    </message>
    <message>
        <source>Show everything known about the photo beside it</source>
        <translation>사진 옆에 모든 정보를 보여 줍니다</translation>
    </message>
    <message>
        <source>Full screen: every decision goes on to the next photo</source>
        <translation>전체 화면: 결정할 때마다 다음 사진으로</translation>
    </message>
    <message>
        <source>Otherwise only decisions with Shift do</source>
        <translation>끄면 Shift와 함께 결정할 때만 넘어갑니다</translation>
    </message>
    <message>
        <source>Go from photo to photo</source>
        <translation>사진 사이를 이동</translation>
    </message>
    <message>
        <source>Space, Enter</source>
        <translation>스페이스, Enter</translation>
    </message>
    <message>
        <source>Show the whole photo</source>
        <translation>사진 전체 보기</translation>
    </message>
    <message>
        <source>+ −, wheel</source>
        <translation>+ −, 휠</translation>
    </message>
    <message>
        <source>Zoom in or out</source>
        <translation>확대 또는 축소</translation>
    </message>
    <message>
        <source>Between the whole photo and 100 %</source>
        <translation>사진 전체와 100% 전환</translation>
    </message>
    <message>
        <source>Space, ← →</source>
        <translation>스페이스, ← →</translation>
    </message>
    <message>
        <source>Full screen: next or other photo</source>
        <translation>전체 화면: 다음 또는 다른 사진</translation>
    </message>
    <message>
        <source>Full screen: decide, and go on</source>
        <translation>전체 화면: 결정하고 다음으로</translation>
    </message>
    <message>
        <source>Full screen: back to the library</source>
        <translation>전체 화면: 라이브러리로 돌아가기</translation>
    </message>
</context>
<context>
    <name>WatchedFolders</name>
    <message>
        <source>There are more folders than this system can watch. They are looked through every 5 minutes instead.</source>
        <translation>이 시스템이 지켜볼 수 있는 것보다 폴더가 많습니다. 대신 5분마다 살펴봅니다.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln new photos found</source>
        <translation>
            <numerusform>새 사진 %Ln장을 찾았습니다</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos are gone</source>
        <translation>
            <numerusform>사진 %Ln장이 없어졌습니다</numerusform>
        </translation>
    </message>
    <message>
        <source>looking</source>
        <translation>살펴보는 중</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Drop a folder of photos here</source>
        <translation>사진 폴더를 여기에 놓으세요</translation>
    </message>
    <message>
        <source>They are sorted into categories, duplicates, highlights and low quality, on this computer. Nothing is moved or changed until you say so.</source>
        <translation>이 컴퓨터 안에서 사진을 카테고리, 중복 사진, 하이라이트, 저품질로 나눕니다. 사용자가 정하기 전에는 아무것도 옮기거나 바꾸지 않습니다.</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>폴더 선택…</translation>
    </message>
    <message>
        <source>Try it with a demo album</source>
        <translation>데모 앨범으로 체험하기</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>다시 열기</translation>
    </message>
</context>
<context>
    <name>_Expander</name>
    <message>
        <source>What it showed in the check</source>
        <translation>확인에서 보여 준 것</translation>
    </message>
</context>
<context>
    <name>_Film</name>
    <message>
        <source>All photos of the group</source>
        <translation>그룹의 모든 사진</translation>
    </message>
</context>
<context>
    <name>_Matches</name>
    <message>
        <source>Photos that would be in it</source>
        <translation>이 카테고리에 들어갈 사진</translation>
    </message>
</context>
<context>
    <name>app</name>
    <message>
        <source>Something went wrong. Your photos are untouched; you can go on working.</source>
        <translation>문제가 생겼습니다. 사진은 그대로이며 계속 작업할 수 있습니다.</translation>
    </message>
    <message>
        <source>The details are in {}</source>
        <translation>자세한 내용: {}</translation>
    </message>
</context>
<context>
    <name>commands</name>
    <message>
        <source>Library</source>
        <translation>라이브러리</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>편집</translation>
    </message>
    <message>
        <source>Clean up</source>
        <translation>정리</translation>
    </message>
    <message>
        <source>View</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>중복 사진</translation>
    </message>
    <message>
        <source>Low quality</source>
        <translation>저품질</translation>
    </message>
    <message>
        <source>Large photo</source>
        <translation>큰 사진</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>도움말</translation>
    </message>
</context>
<context>
    <name>computers</name>
    <message>
        <source>Ready</source>
        <translation>준비됨</translation>
    </message>
    <message>
        <source>Looking at photos</source>
        <translation>사진을 살펴보는 중</translation>
    </message>
    <message>
        <source>Cannot take part</source>
        <translation>함께할 수 없음</translation>
    </message>
    <message>
        <source>Not reached any more</source>
        <translation>연결이 끊김</translation>
    </message>
    <message>
        <source>Graphics card (CUDA)</source>
        <translation>그래픽 카드 (CUDA)</translation>
    </message>
    <message>
        <source>Apple graphics (MPS)</source>
        <translation>Apple 그래픽 (MPS)</translation>
    </message>
    <message>
        <source>Processor (CPU)</source>
        <translation>프로세서 (CPU)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>사진 %Ln장</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>export</name>
    <message>
        <source>no rating</source>
        <translation>별점 없음</translation>
    </message>
    <message>
        <source>Linking photos</source>
        <translation>사진 연결 중</translation>
    </message>
    <message>
        <source>Copying photos</source>
        <translation>사진 복사 중</translation>
    </message>
    <message>
        <source>Drawing the contact sheet</source>
        <translation>콘택트 시트 만드는 중</translation>
    </message>
    <message>
        <source>Writing ratings</source>
        <translation>별점 저장 중</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos have a problem</source>
        <translation>
            <numerusform>사진 %Ln장에 문제가 있습니다</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was made</source>
        <translation>아무것도 만들지 않았습니다</translation>
    </message>
    <message>
        <source>The contact sheet was not made</source>
        <translation>콘택트 시트를 만들지 못했습니다</translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation>아무것도 저장하지 않았습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos are linked</source>
        <translation>
            <numerusform>사진 %Ln장을 연결했습니다</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos are copied</source>
        <translation>
            <numerusform>사진 %Ln장을 복사했습니다</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos have ratings</source>
        <translation>
            <numerusform>사진 %Ln장에 별점을 저장했습니다</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos have a problem:</source>
        <translation>
            <numerusform>사진 %Ln장에 문제가 있습니다:</numerusform>
        </translation>
    </message>
    <message>
        <source>The contact sheet is there</source>
        <translation>콘택트 시트를 만들었습니다</translation>
    </message>
    <message>
        <source>Stopped: what was made until then stays.</source>
        <translation>중지함: 그때까지 만든 것은 그대로 있습니다.</translation>
    </message>
    <message>
        <source>It ended early because of an error; what was made until then stays.</source>
        <translation>오류로 일찍 끝났습니다. 그때까지 만든 것은 그대로 있습니다.</translation>
    </message>
</context>
<context>
    <name>extent</name>
    <message>
        <source>Comparing photos…</source>
        <translation>사진 비교 중…</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>살펴보는 중…</translation>
    </message>
    <message>
        <source>{0} ({1} %)</source>
        <translation>{0} ({1} %)</translation>
    </message>
    <message>
        <source>{} What is found appears here.</source>
        <translation>{} 찾은 것은 여기에 표시됩니다.</translation>
    </message>
    <message>
        <source>Nothing so far. Not all photos were looked at.</source>
        <translation>지금까지는 없습니다. 아직 모든 사진을 살펴보지 않았습니다.</translation>
    </message>
    <message>
        <source>Nothing so far: {}.</source>
        <translation>지금까지는 없습니다: {}.</translation>
    </message>
    <message>
        <source>{} so far</source>
        <translation>지금까지 {}</translation>
    </message>
    <message>
        <source>Not all photos were looked at</source>
        <translation>아직 모든 사진을 살펴보지 않음</translation>
    </message>
    <message>
        <source>{0} of {1} looked at</source>
        <translation>{1}장 중 {0}장 살펴봄</translation>
    </message>
</context>
<context>
    <name>faces_text</name>
    <message>
        <source>Closed</source>
        <translation>눈 감음</translation>
    </message>
    <message>
        <source>Can&apos;t tell</source>
        <translation>알 수 없음</translation>
    </message>
    <message>
        <source>eyes open</source>
        <translation>눈을 뜨고 있음</translation>
    </message>
    <message>
        <source>eyes may be closed</source>
        <translation>눈을 감은 듯함</translation>
    </message>
    <message>
        <source>can&apos;t tell whether the eyes are open</source>
        <translation>눈을 떴는지 알 수 없음</translation>
    </message>
    <message numerus="yes">
        <source>%Ln faces</source>
        <translation>
            <numerusform>얼굴 %Ln개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln with eyes closed</source>
        <translation>
            <numerusform>눈 감은 얼굴 %Ln개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln unclear</source>
        <translation>
            <numerusform>알 수 없는 얼굴 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <source>Faces are looked at on this computer only, and nobody is ever named.</source>
        <translation>얼굴은 이 컴퓨터에서만 살펴보며 누구인지 알아내거나 이름을 붙이지 않습니다.</translation>
    </message>
</context>
<context>
    <name>facts_text</name>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>화소</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>촬영</translation>
    </message>
    <message>
        <source>Date from</source>
        <translation>날짜 출처</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>렌즈</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>노출</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>장소</translation>
    </message>
    <message>
        <source>Software</source>
        <translation>소프트웨어</translation>
    </message>
    <message>
        <source>{0} × {1}</source>
        <translation>{0} × {1}</translation>
    </message>
    <message>
        <source>{0} × {1} ({2} MP)</source>
        <translation>{0} × {1} ({2}MP)</translation>
    </message>
    <message>
        <source>XMP in the file</source>
        <translation>파일 안의 XMP</translation>
    </message>
    <message>
        <source>XMP beside the file</source>
        <translation>파일 옆의 XMP</translation>
    </message>
    <message>
        <source>When it was scanned or made</source>
        <translation>스캔하거나 만든 때</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>파일 이름</translation>
    </message>
    <message>
        <source>Google Takeout</source>
        <translation>Google 테이크아웃</translation>
    </message>
    <message>
        <source>Folder name</source>
        <translation>폴더 이름</translation>
    </message>
    <message>
        <source>Last save</source>
        <translation>마지막 저장</translation>
    </message>
    <message>
        <source>N</source>
        <translation>N</translation>
    </message>
    <message>
        <source>S</source>
        <translation>S</translation>
    </message>
    <message>
        <source>E</source>
        <translation>E</translation>
    </message>
    <message>
        <source>W</source>
        <translation>W</translation>
    </message>
</context>
<context>
    <name>freed</name>
    <message>
        <source>{} freed so far</source>
        <translation>지금까지 {} 확보</translation>
    </message>
    <message>
        <source>{} freed so far, once the trash is emptied</source>
        <translation>지금까지 {} 확보(휴지통을 비우면)</translation>
    </message>
    <message>
        <source>{0} freed so far, {1} of it once the trash is emptied</source>
        <translation>지금까지 {0} 확보, 그중 {1}은(는) 휴지통을 비우면</translation>
    </message>
</context>
<context>
    <name>history</name>
    <message numerus="yes">
        <source>These %Ln photos are never grouped again</source>
        <translation>
            <numerusform>이 사진 %Ln장은 다시 한 그룹으로 묶지 않습니다</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln were changed since and stay as they are.</source>
        <translation>
            <numerusform>%Ln개는 그 뒤에 다시 바뀌어 그대로 둡니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln photos to {}</source>
        <translation>
            <numerusform>사진 %Ln장을 {}(으)로 옮기기</numerusform>
        </translation>
    </message>
    <message>
        <source>Add the category {}</source>
        <translation>카테고리 {} 추가</translation>
    </message>
    <message>
        <source>Hide the category {}</source>
        <translation>카테고리 {} 숨기기</translation>
    </message>
    <message>
        <source>Edit the categories</source>
        <translation>카테고리 편집</translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln files into the folder {}</source>
        <translation>
            <numerusform>파일 %Ln개를 폴더 {}(으)로 옮기기</numerusform>
        </translation>
    </message>
    <message>
        <source>Change protected and preferred folders</source>
        <translation>보호 폴더와 우선 폴더 변경</translation>
    </message>
    <message numerus="yes">
        <source>Mark %Ln photos for the trash</source>
        <translation>
            <numerusform>사진 %Ln장에 휴지통 표시</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mark %Ln safe copies for the trash</source>
        <translation>
            <numerusform>안전한 사본 %Ln장에 휴지통 표시</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Keep %Ln photos</source>
        <translation>
            <numerusform>사진 %Ln장 보관</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Keep one of %Ln photos</source>
        <translation>
            <numerusform>사진 %Ln장 중 한 장만 보관</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Keep all %Ln photos of a group</source>
        <translation>
            <numerusform>그룹의 사진 %Ln장 모두 보관</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Call a group of %Ln photos reviewed</source>
        <translation>
            <numerusform>사진 %Ln장인 그룹 검토 완료</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Call %Ln photos “not duplicates”</source>
        <translation>
            <numerusform>사진 %Ln장을 중복 아님으로 정함</numerusform>
        </translation>
    </message>
    <message>
        <source>No longer protect {}</source>
        <translation>{} 보호 해제</translation>
    </message>
    <message>
        <source>No longer protect folders</source>
        <translation>폴더 보호 해제</translation>
    </message>
    <message>
        <source>No longer keep from {}</source>
        <translation>{} 우선 보관 해제</translation>
    </message>
    <message>
        <source>No longer keep from some folders</source>
        <translation>몇몇 폴더 우선 보관 해제</translation>
    </message>
    <message numerus="yes">
        <source>Ask again about a group of %Ln photos</source>
        <translation>
            <numerusform>사진 %Ln장인 그룹 다시 검토</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Let %Ln photos be duplicates again</source>
        <translation>
            <numerusform>사진 %Ln장을 다시 중복으로 비교</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take the rating from %Ln photos</source>
        <translation>
            <numerusform>사진 %Ln장의 별점 지우기</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Forget the stars of %Ln photos</source>
        <translation>
            <numerusform>사진 %Ln장의 별점 모두 잊기</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Let the program choose the category of %Ln photos</source>
        <translation>
            <numerusform>사진 %Ln장의 카테고리를 프로그램에 맡기기</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln photos to the trash</source>
        <translation>
            <numerusform>사진 %Ln장을 휴지통으로 옮기기</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reject %Ln photos</source>
        <translation>
            <numerusform>사진 %Ln장 제외</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Rate %Ln photos {}</source>
        <translation>
            <numerusform>사진 %Ln장 별점 {}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Call %Ln photos fine</source>
        <translation>
            <numerusform>사진 %Ln장을 괜찮음으로 정함</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ask again about %Ln photos</source>
        <translation>
            <numerusform>사진 %Ln장 다시 확인</numerusform>
        </translation>
    </message>
    <message>
        <source>Protect {}</source>
        <translation>{} 보호</translation>
    </message>
    <message>
        <source>Protect folders</source>
        <translation>폴더 보호</translation>
    </message>
    <message>
        <source>Always keep from {}</source>
        <translation>항상 {}의 사진 보관</translation>
    </message>
    <message>
        <source>Always keep from some folders</source>
        <translation>항상 몇몇 폴더의 사진 보관</translation>
    </message>
</context>
<context>
    <name>keys</name>
    <message>
        <source>Keep, and go on</source>
        <translation>보관하고 다음으로</translation>
    </message>
    <message>
        <source>T, Del</source>
        <translation>T, Del</translation>
    </message>
    <message>
        <source>Mark for the trash, and go on</source>
        <translation>휴지통 표시하고 다음으로</translation>
    </message>
    <message>
        <source>Space, Enter</source>
        <translation>스페이스, Enter</translation>
    </message>
    <message>
        <source>View full screen</source>
        <translation>전체 화면으로 보기</translation>
    </message>
</context>
<context>
    <name>models</name>
    <message>
        <source>Waits until the one before it is there.</source>
        <translation>앞의 모델을 다 받으면 시작합니다.</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>연결하는 중…</translation>
    </message>
    <message>
        <source>Paused; what has arrived is kept.</source>
        <translation>일시 정지했습니다. 받은 부분은 그대로 있습니다.</translation>
    </message>
    <message>
        <source>Checking what it knows…</source>
        <translation>무엇을 알아보는지 확인하는 중…</translation>
    </message>
    <message>
        <source>It did not arrive: {}</source>
        <translation>받지 못했습니다: {}</translation>
    </message>
    <message>
        <source>It was not installed. {}</source>
        <translation>설치하지 않았습니다. {}</translation>
    </message>
    <message>
        <source>Damaged: {}</source>
        <translation>손상됨: {}</translation>
    </message>
    <message>
        <source>Licence: {}</source>
        <translation>라이선스: {}</translation>
    </message>
    <message>
        <source>Knows {0} of {1} test pictures</source>
        <translation>시험 사진 {1}장 가운데 {0}장을 알아봅니다</translation>
    </message>
    <message>
        <source>{} is installed.</source>
        <translation>{} 모델을 설치했습니다.</translation>
    </message>
    <message>
        <source>{0} is installed: it knows {1} of {2} test pictures.</source>
        <translation>{0} 모델을 설치했습니다. 시험 사진 {2}장 가운데 {1}장을 알아봅니다.</translation>
    </message>
    <message>
        <source>Its words do not tell good pictures from spoilt ones: no score.</source>
        <translation>말로는 좋은 사진과 망친 사진을 구별하지 못해 점수를 매기지 않습니다.</translation>
    </message>
    <message>
        <source>Its thresholds are its own: they come from these pictures.</source>
        <translation>이 모델의 기준값은 이 사진들로 직접 정했습니다.</translation>
    </message>
    <message>
        <source>It named them in: {}.</source>
        <translation>알아본 언어: {}.</translation>
    </message>
    <message>
        <source>It does not tell damaged copies from the others: flaws are only measured.</source>
        <translation>손상된 사본을 구별하지 못하므로 결함은 측정으로만 찾습니다.</translation>
    </message>
    <message>
        <source>It tells damaged copies from the others: {}.</source>
        <translation>손상된 사본을 구별하는 결함: {}.</translation>
    </message>
    <message>
        <source>Only measured: {}.</source>
        <translation>측정으로만 찾는 결함: {}.</translation>
    </message>
</context>
<context>
    <name>moved</name>
    <message numerus="yes">
        <source>%Ln photos moved to {}</source>
        <translation>
            <numerusform>사진 %Ln장을 {}(으)로 옮겼습니다</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln because they are alike</source>
        <translation>
            <numerusform>그중 %Ln장은 비슷해서 함께 옮겼습니다</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>names</name>
    <message>
        <source>Others</source>
        <translation>기타</translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>모든 사진</translation>
    </message>
    <message>
        <source>d MMM yyyy, HH:mm</source>
        <translation>yyyy년 M월 d일 HH:mm</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation>yyyy년 M월 d일</translation>
    </message>
    <message>
        <source>Undated</source>
        <translation>날짜 없음</translation>
    </message>
    <message>
        <source>MMMM yyyy</source>
        <translation>yyyy년 M월</translation>
    </message>
    <message>
        <source>Exact copies</source>
        <translation>똑같은 사본</translation>
    </message>
    <message>
        <source>Same picture</source>
        <translation>같은 사진</translation>
    </message>
    <message>
        <source>Similar shots</source>
        <translation>비슷한 사진</translation>
    </message>
    <message>
        <source>{} s</source>
        <translation>{}초</translation>
    </message>
    <message>
        <source>{} min</source>
        <translation>{}분</translation>
    </message>
    <message>
        <source>{} h</source>
        <translation>{}시간</translation>
    </message>
</context>
<context>
    <name>problems</name>
    <message>
        <source>Not analysed</source>
        <translation>분석하지 못함</translation>
    </message>
    <message>
        <source>Not moved to the trash</source>
        <translation>휴지통으로 옮기지 못함</translation>
    </message>
    <message>
        <source>Not moved to the folder</source>
        <translation>폴더로 옮기지 못함</translation>
    </message>
    <message>
        <source>Not brought back</source>
        <translation>되돌리지 못함</translation>
    </message>
    <message>
        <source>Not exported</source>
        <translation>내보내지 못함</translation>
    </message>
</context>
<context>
    <name>progress</name>
    <message>
        <source>Loading the model…</source>
        <translation>모델을 불러오는 중…</translation>
    </message>
    <message>
        <source>Checking the model, once…</source>
        <translation>모델 검사 중(한 번만)…</translation>
    </message>
    <message>
        <source>Analysing photos…</source>
        <translation>사진 분석 중…</translation>
    </message>
    <message>
        <source>Looking for faces…</source>
        <translation>얼굴 찾는 중…</translation>
    </message>
    <message>
        <source>Comparing photos…</source>
        <translation>사진 비교 중…</translation>
    </message>
    <message>
        <source>Sorting and ranking photos…</source>
        <translation>사진 분류 및 순위 매기는 중…</translation>
    </message>
    <message numerus="yes">
        <source>Analysing on %Ln computers…</source>
        <translation>
            <numerusform>컴퓨터 %Ln대에서 분석하는 중…</numerusform>
        </translation>
    </message>
    <message>
        <source>{} %</source>
        <translation>{} %</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>사진 %Ln장</numerusform>
        </translation>
    </message>
    <message>
        <source>{done:,} of {total:,} found so far</source>
        <translation>지금까지 찾은 {total:,}장 중 {done:,}장</translation>
    </message>
    <message>
        <source>{done:,} of {total:,}</source>
        <translation>{done:,}/{total:,}</translation>
    </message>
    <message>
        <source>{:.0f} photos/min</source>
        <translation>분당 {:.0f}장</translation>
    </message>
    <message>
        <source>{:.0f} photos/s</source>
        <translation>초당 {:.0f}장</translation>
    </message>
    <message>
        <source>Reading folders…</source>
        <translation>폴더 읽는 중…</translation>
    </message>
    <message>
        <source>{} left</source>
        <translation>{} 남음</translation>
    </message>
</context>
<context>
    <name>search</name>
    <message numerus="yes">
        <source>{}: %Ln photos are like it</source>
        <translation>
            <numerusform>{}: 비슷한 사진 %Ln장</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{}: %Ln photos</source>
        <translation>
            <numerusform>{}: 사진 %Ln장</numerusform>
        </translation>
    </message>
    <message>
        <source>“{}”</source>
        <translation>‘{}’</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>날짜</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>카테고리</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>별점</translation>
    </message>
    <message numerus="yes">
        <source>%Ln exact matches come first, then what photos show.</source>
        <translation>
            <numerusform>정확히 맞는 사진 %Ln장이 먼저 나오고, 그다음 내용이 맞는 사진이 나옵니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The best %Ln photos, best first.</source>
        <translation>
            <numerusform>가장 잘 맞는 사진 %Ln장을 잘 맞는 순서로 보여 줍니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos fit, best first; nothing else does.</source>
        <translation>
            <numerusform>사진 %Ln장이 맞으며 잘 맞는 순서입니다. 다른 사진은 맞지 않습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>The starter model knows the built-in categories and about 1,000 kinds of things, but no free text.</source>
        <translation>기본 모델은 기본 카테고리와 사물 천여 가지를 알지만 자유로운 문장은 모릅니다.</translation>
    </message>
    <message>
        <source>The model for any words finds whatever you can describe.</source>
        <translation>자유로운 말 모델은 글로 쓸 수 있는 것은 무엇이든 찾습니다.</translation>
    </message>
    <message>
        <source>The starter model knows the built-in categories and about 1,000 kinds of things, and nothing like this. The model for any words finds whatever you can describe.</source>
        <translation>기본 모델은 기본 카테고리와 사물 천여 가지를 알지만 이런 것은 모릅니다. 자유로운 말 모델은 글로 쓸 수 있는 것은 무엇이든 찾습니다.</translation>
    </message>
    <message>
        <source>This model reads English and common Korean words, but not this. The model for many languages reads any.</source>
        <translation>이 모델은 영어와 흔한 한국어 낱말을 읽지만 이것은 읽지 못합니다. 여러 언어 모델은 어떤 언어든 읽습니다.</translation>
    </message>
</context>
<context>
    <name>stars</name>
    <message>
        <source>rejected</source>
        <translation>제외됨</translation>
    </message>
    <message numerus="yes">
        <source>%Ln stars</source>
        <translation>
            <numerusform>별 %Ln개</numerusform>
        </translation>
    </message>
</context>
</TS>
